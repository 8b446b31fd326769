package dev.mailscope.server.transcript;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class ImapTranscriptsTest {
    @TestFactory
    Stream<DynamicContainer> transcripts() throws IOException {
        return Transcripts.of("imap");
    }
}
