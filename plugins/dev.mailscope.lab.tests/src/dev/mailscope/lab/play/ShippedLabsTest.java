package dev.mailscope.lab.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.mailscope.lab.grade.Grader;
import dev.mailscope.lab.grade.ResultFile;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.run.LabRun;

/** Every lab that ships is played: its solution reaches full score, and with anything left out it does not. */
@Timeout(120)
class ShippedLabsTest {
    private static final Pattern HAPPENED = Pattern.compile("\\b(?:exists|never|count)\\(([^\n]*)");

    static Stream<String> labs() throws IOException {
        try (var folders = Files.list(Labs.FOLDER)) {
            var names = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
            assertTrue(names.size() >= 8, names::toString);
            return names.stream();
        }
    }

    private static Lab lab(String name) throws IOException {
        var parsed = LabParser.read(Labs.FOLDER.resolve(name));
        assertEquals(List.of(), parsed.problems());
        return parsed.lab();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void aSolutionReachesFullScoreAndItsResultIsGradedSo(String name, @TempDir Path folder) throws IOException {
        var lab = lab(name);
        var result = folder.resolve("a.mailresult");
        try (var run = LabRun.begin(lab, folder.resolve("work"))) {
            var played = Player.play(run, Solution.read(Labs.FOLDER.resolve(name).resolve("solution.txt")));
            assertEquals(List.of(), played.problems());
            assertTrue(played.isFull());
            ResultFile.write(run, "Somebody", result);
        }
        var grade = Grader.by(lab).grade(result);
        assertEquals(List.of(), grade.remarks());
        assertEquals(lab.points(), grade.points());
        assertEquals("Somebody", grade.name());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void aLabHasWhatAStudentNeeds(String name) throws IOException {
        var lab = lab(name);
        assertTrue(lab.steps().size() >= 2);
        for (var kind : List.of(Block.Check.class, Block.Prediction.class, Block.Hint.class, Block.Question.class)) {
            assertFalse(lab.steps().stream().allMatch(step -> step.blocks(kind).isEmpty()), kind.getSimpleName());
        }
        assertTrue(lab.steps().stream().allMatch(step -> step.points() > 0));
    }

    /** A step that is done again is in another recording, so that what an earlier one has seen must not count. */
    @ParameterizedTest
    @MethodSource("labs")
    void whatHasHappenedIsAskedOfTheStep(String name) throws IOException {
        var asked = HAPPENED.matcher(lab(name).source());
        while (asked.find()) {
            assertTrue(asked.group(1).startsWith("number > step"), asked.group());
        }
    }

    /** With each thing that is done left out in turn, and only what is replied left. */
    @ParameterizedTest
    @MethodSource("labs")
    void aBrokenSolutionIsNoticed(String name, @TempDir Path folder) throws IOException {
        var lab = lab(name);
        var lines = Files.readAllLines(Labs.FOLDER.resolve(name).resolve("solution.txt"));
        for (var left = 0; left < lines.size(); left++) {
            var line = lines.get(left);
            if (line.matches("(device|cut) .*|[A-Z]> .*") && !line.endsWith(" CLOSE")) {
                var broken = new ArrayList<>(lines);
                broken.remove(left);
                broken.removeIf(each -> each.matches("await .*|[A-Z]< .*"));
                assertFalse(isFull(lab, String.join("\n", broken), folder.resolve("left-" + left)), "without " + line);
            }
        }
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("(predict|answer) .*")) {
                var wrong = new ArrayList<>(lines);
                wrong.set(i, lines.get(i).contains("order") ? "answer order 2 1" + lines.get(i).substring(16)
                        : lines.get(i).contains("=") ? lines.get(i) + "7" : other(lines.get(i)));
                assertFalse(isFull(lab, String.join("\n", wrong), folder.resolve("wrong-" + i)), wrong.get(i));
                break;
            }
        }
    }

    private static String other(String line) {
        return line.endsWith(" 1") ? line.replace(" 1", " 2") : line.replaceAll(" .*", " 1");
    }

    private static boolean isFull(Lab lab, String solution, Path work) {
        try (var run = LabRun.begin(lab, work)) {
            return Player.play(run, Solution.parse(solution), Duration.ofMillis(200)).isFull();
        } catch (IOException e) {
            return false; // what comes later cannot go on
        }
    }
}
