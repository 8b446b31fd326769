package dev.mailscope.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.mailscope.server.capture.FuzzCapture;
import dev.mailscope.server.capture.FuzzTalk;

@Timeout(60)
class FuzzCorpusTest {
    static Stream<Arguments> targets() {
        return Stream.of(target("capture", FuzzCapture::fuzzerTestOneInput),
                target("expression", FuzzExpression::fuzzerTestOneInput),
                target("imap", FuzzImap::fuzzerTestOneInput),
                target("imapsession", FuzzImapSession::fuzzerTestOneInput),
                target("message", FuzzMessage::fuzzerTestOneInput),
                target("pop3", FuzzPop3::fuzzerTestOneInput),
                target("recording", FuzzRecording::fuzzerTestOneInput),
                target("search", FuzzSearch::fuzzerTestOneInput),
                target("talk", FuzzTalk::fuzzerTestOneInput));
    }

    private static Arguments target(String name, Consumer<byte[]> target) {
        return Arguments.of(name, target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void whatTheFuzzerFoundDoesNoHarm(String name, Consumer<byte[]> target) {
        assertTrue(FuzzCorpus.replay(FuzzCorpusTest.class, name, target) >= 10);
    }
}
