package dev.mailscope.lab.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.run.LabRun;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.lab.pack.Block;

/** Results that are honest, changed, damaged and hostile. */
@Timeout(120)
class GradeTest {
    private static final String TEXT = """
            # A lab

            ```setup
            account alice w0nderl4nd-7391
            mail alice INBOX
              Subject: Meeting
            device Laptop pop3 delete alice
            ```

            ## Fetch it

            ```predict number
            How many stay?
            = messages('alice', 'INBOX')
            ```

            ```check
            The laptop has it: held('Laptop', 'INBOX') == 1
            Nobody has deleted anything: messages('alice', 'INBOX') == 1
            ```

            ```quiz text
            Which command?
            = DELE
            ```

            ## Again

            ```check
            Still: held('Laptop', 'INBOX') == 1
            ```
            """;

    @TempDir
    private static Path shared;
    private static Path honest;
    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        honest = shared.resolve("honest.mailresult");
        var lab = LabParser.parse(TEXT, null).lab();
        try (var run = LabRun.begin(lab, shared.resolve("work"))) {
            var step = lab.steps().getFirst();
            run.predict(step.blocks(Block.Prediction.class).getFirst(), new Reply.Written("0"));
            run.begin();
            run.device("Laptop").orElseThrow().synchronise();
            run.retry(0);
            run.begin();
            run.device("Laptop").orElseThrow().synchronise();
            run.answer(step.blocks(Block.Question.class).getFirst(), new Reply.Written("RETR"));
            run.end();
            run.begin();
            run.end();
            ResultFile.write(run, "=Ada, \"A.\"", honest);
        }
    }

    private static Map<String, byte[]> entries() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(honest.toFile())) {
            for (var entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    private Grade changed(Change change) throws IOException {
        var entries = entries();
        change.apply(entries);
        var file = folder.resolve("changed.mailresult");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return Grader.byItself().grade(file);
    }

    private interface Change {
        void apply(Map<String, byte[]> entries) throws IOException;
    }

    private static Change json(Consumer<JsonObject> change) {
        return entries -> {
            var json = JsonParser.parseString(new String(entries.get("result.json"), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            change.accept(json);
            entries.put("result.json", json.toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static JsonObject step(JsonObject json, int step) {
        return json.getAsJsonObject("progress").getAsJsonArray("steps").get(step).getAsJsonObject();
    }

    @Test
    void anHonestResultIsAsItClaims() throws IOException {
        var grade = Grader.byItself().grade(honest);
        assertEquals(List.of(), grade.remarks());
        assertEquals(3, grade.points());
        assertEquals(5, grade.most());
        assertEquals(3, grade.claimed());
        assertEquals(1, grade.tries());
        assertEquals(Set.of("lab.md", "result.json", "part-2.mailtrace"), entries().keySet());
        assertEquals(grade, changed(entries -> { }).remarks().isEmpty() ? grade : null);
    }

    @Test
    void onlyItsOwnerCanReadItAndItHoldsNoPassword() throws IOException {
        var work = shared.resolve("work");
        try (var walk = Files.walk(shared)) {
            for (var file : walk.filter(f -> !f.equals(shared)).toList()) {
                assertEquals(Files.isDirectory(file) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), file::toString);
            }
        }
        var held = entries();
        try (var files = Files.list(work)) {
            for (var file : files.toList()) {
                held.put("work/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        held.keySet().removeIf(name -> name.endsWith("lab.md")); // whose text says the password
        assertTrue(held.keySet().containsAll(Set.of("result.json", "part-2.mailtrace", "work/work.json",
                "work/step-1.json", "work/part-1.mailtrace")), held::toString);
        held.forEach((name, octets) -> assertFalse(new String(octets, StandardCharsets.ISO_8859_1)
                .contains("nderl4nd-73"), name));
    }

    @Test
    void whatWasChangedIsNamed() throws IOException {
        var score = changed(json(json -> json.addProperty("points", 5)));
        assertEquals(3, score.points());
        assertEquals(List.of("the score is not as it was when the result was written",
                "it claims 5 points, and has 3"), score.remarks());
        var answer = changed(json(json -> step(json, 0).getAsJsonObject("replies").entrySet()
                .forEach(reply -> reply.getValue().getAsJsonObject().addProperty("written", "DELE"))));
        assertTrue(answer.remarks().getFirst().startsWith("what is said of step 1 is not as it was"));
        var check = changed(json(json -> step(json, 0).getAsJsonArray("findings").get(1).getAsJsonObject()
                .addProperty("holds", true)));
        assertTrue(check.remarks().contains("step 1 (Fetch it): \"Nobody has deleted anything\" does not hold in the"
                + " recording"), check.remarks()::toString);
        var proof = changed(json(json -> step(json, 0).getAsJsonArray("findings").get(0).getAsJsonObject()
                .addProperty("event", 3)));
        assertTrue(proof.remarks().get(1).contains("and not by event 3"), proof.remarks()::toString);
        var range = changed(json(json -> step(json, 0).addProperty("last", 1_000_000)));
        assertTrue(range.remarks().get(1).startsWith("step 1 (Fetch it): its recording has no events"));
        assertEquals(1, range.points());
        var easier = changed(entries -> entries.put("lab.md",
                TEXT.replace("INBOX') == 1\nNobody", "INBOX') >= 0\nNobody").getBytes(StandardCharsets.UTF_8)));
        assertEquals("lab.md is not as it was when the result was written", easier.remarks().getFirst());
        var other = Grader.by(LabParser.parse(TEXT.replace("A lab", "The lab"), null).lab()).grade(honest);
        assertEquals(List.of("its lab is another one, or was changed; it is graded by the right one"), other.remarks());
        assertEquals(3, other.points());
    }

    @Test
    void whatIsDamagedSaysSo() throws IOException {
        var trace = changed(entries -> {
            var octets = entries.get("part-2.mailtrace");
            for (var i = octets.length / 3; i < octets.length; i++) {
                octets[i] = 0;
            }
        });
        assertTrue(trace.remarks().getFirst().contains("part-2.mailtrace"), trace.remarks()::toString);
        assertTrue(trace.points() < 3);
        assertTrue(changed(entries -> entries.put("part-2.mailtrace", new byte[] {1, 2, 3})).remarks().getFirst()
                .contains("part-2.mailtrace is no recording"));
        assertTrue(changed(entries -> entries.remove("part-2.mailtrace")).remarks().getFirst()
                .contains("a recording is missing: part-2.mailtrace"));
        assertTrue(changed(entries -> entries.put("lab.md", "x".getBytes(StandardCharsets.UTF_8))).remarks().toString()
                .contains("its lab cannot be read"));
        var file = folder.resolve("half.mailresult");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(honest), 500));
        assertTrue(Grader.byItself().grade(file).remarks().getFirst().contains("it is no result, or it is damaged"));
        assertEquals("it cannot be graded: there is no such file",
                Grader.byItself().grade(folder.resolve("none")).remarks().getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "../mailscope-outside|it is no result: there is \"../mailscope-outside\" in it",
        "part-1.mailtrace/../../mailscope-outside|it is no result: there is",
        "part-2.mailtrace/x|it is no result: there is",
        "part-0.mailtrace|it is no result: there is",
        "Lab.class|it is no result: there is"})
    void onlyTheFilesOfAResultAreTaken(String name, String problem) throws IOException {
        var remarks = changed(entries -> entries.put(name, new byte[0])).remarks();
        assertTrue(remarks.getFirst().startsWith("it cannot be graded: " + problem), remarks::toString);
    }

    @Test
    void nothingElsewhereIsWrittenOver() throws IOException {
        // A file of this test's own: should the grader be wrong, nothing else is lost.
        var outside = Files.writeString(folder.resolve("outside"), "mine");
        var remarks = changed(entries -> entries.put(outside.toString(), new byte[] {'x'})).remarks();
        assertTrue(remarks.getFirst().startsWith("it cannot be graded: it is no result: there is "), remarks::toString);
        assertEquals("mine", Files.readString(outside));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}", "[]", "nothing", "{\"format\":1}", "{\"format\":\"x\"}",
        "{\"format\":1,\"name\":{},\"points\":[]}",
        "{\"format\":1,\"name\":\"\",\"points\":1,\"progress\":{\"steps\":3}}",
        "{\"format\":2}"})
    void aResultThatSaysNothingIsRefused(String json) throws IOException {
        var remarks = changed(entries -> entries.put("result.json", json.getBytes(StandardCharsets.UTF_8))).remarks();
        assertTrue(remarks.getFirst().startsWith("it cannot be graded: it "), remarks::toString);
    }

    @Test
    void aBombIsNotUnpacked() throws IOException {
        var deep = changed(entries -> entries.put("result.json",
                "[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertTrue(deep.remarks().getFirst().contains("is no JSON"), deep.remarks()::toString);
        var bomb = changed(entries -> entries.put("lab.md", new byte[9 << 20]));
        assertEquals("it cannot be graded: it is too large: lab.md has more than 8 MB when it is unpacked",
                bomb.remarks().getFirst());
    }

    @Test
    void aTableIsSafeForASpreadsheet() {
        var csv = GradeTable.csv(List.of(Grader.byItself().grade(honest)));
        assertEquals("Name,File,Lab,Points,Of,Claimed,Hints,Retries,Remarks\r\n"
                + "\"'=Ada, \"\"A.\"\"\",honest.mailresult,A lab,3,5,3,0,1,\r\n", csv);
        var text = GradeTable.text(List.of(Grader.byItself().grade(honest), Grade.unreadable(Path.of("x"), "why")));
        assertTrue(text.contains("=Ada, \"A.\"  honest.mailresult  A lab       3   5"), text);
        assertTrue(text.endsWith("x: it cannot be graded: why\n"), text);
    }
}
