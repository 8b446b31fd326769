package dev.mailscope.server.export;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** What a recording can be written as. docs/exports.md says what each is for. */
public enum Format {
    /** What client and server said, line by line, as a test of this project. */
    TRANSCRIPT("transcript", "transcript", "transcript: what client and server said, as a regression test of Mailscope",
            Transcript::new),
    /** One JSON object for each event, a line each. */
    JSON_LINES("jsonl", "jsonl", "JSON Lines: every event with all that is known of it, for other programs",
            JsonLines::new),
    /** A capture of packets. */
    PCAPNG("pcapng", "pcapng", "pcapng: a capture that Wireshark opens and dissects, without the encryption",
            Pcapng::new),
    /** A sequence diagram as Mermaid text. */
    MERMAID("mermaid", "mmd", "Mermaid: a sequence diagram, for wikis and forges that draw it",
            () -> new SequenceDiagram(SequenceDiagram.Tool.MERMAID)),
    /** A sequence diagram as PlantUML text. */
    PLANTUML("plantuml", "puml", "PlantUML: a sequence diagram",
            () -> new SequenceDiagram(SequenceDiagram.Tool.PLANTUML)),
    /** One page for a browser, with the state after every event. */
    HTML("html", "html", "HTML: one page with search and time travel, to hand in or to read in a browser",
            HtmlPage::new),
    /** A JUnit 5 test against Jakarta Mail. */
    JUNIT("junit", "java", "JUnit 5 test: expects every recorded answer again, through Jakarta Mail", JUnitTest::new),
    /** A shell script of the clients' side. */
    SHELL("shell", "sh", "shell script: says again what the clients said, to any server", ShellScript::new);

    private final String id;
    private final String extension;
    private final String summary;
    private final Supplier<Exporter> exporter;

    Format(String id, String extension, String summary, Supplier<Exporter> exporter) {
        this.id = id;
        this.extension = extension;
        this.summary = summary;
        this.exporter = exporter;
    }

    /** The format of that id, in any case; empty when there is none. */
    public static Optional<Format> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equalsIgnoreCase(id)).findFirst();
    }

    /** Its name on a command line. */
    public String id() {
        return id;
    }

    /** The end of its files' names, without a full stop. */
    public String extension() {
        return extension;
    }

    /** The name that a file of it has unless somebody gives it another: that of the class in it, where there is one. */
    public String fileName() {
        return (this == JUNIT ? "RecordedSessionsTest." : "mailscope.") + extension;
    }

    /** True when it is text, which can be pasted somewhere. */
    public boolean isText() {
        return this != PCAPNG;
    }

    /** What it is, in a word or three, for a menu. */
    public String label() {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1, summary.indexOf(':'));
    }

    /** What it is and what it is for, in one line. */
    public String summary() {
        return summary;
    }

    Exporter exporter() {
        return exporter.get();
    }
}
