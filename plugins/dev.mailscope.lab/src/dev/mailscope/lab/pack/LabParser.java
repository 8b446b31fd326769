package dev.mailscope.lab.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Reads labs: Markdown whose second-level headings are steps, and whose fenced blocks say what is set up, checked and
 * asked. Reading runs nothing. All that is wrong is found here, with its line.
 */
public final class LabParser {
    /** The largest lab, in characters. */
    public static final int LARGEST = 1 << 20;

    private static final Parser MARKDOWN = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

    /**
     * What became of a text.
     *
     * @param lab      the lab; null when there are problems
     * @param problems what is wrong, in order
     */
    public record Parsed(Lab lab, List<Problem> problems) {
    }

    private final List<String> lines;
    private final Path folder;
    private final boolean withFiles;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<SetupCommand> setup = new ArrayList<>();
    private final StringBuilder intro = new StringBuilder();
    private final Declared declared = new Declared(problems::add);
    private String title = "";
    private Heading heading;
    private List<Block> blocks = new ArrayList<>();

    private LabParser(String text, Path folder, boolean withFiles) {
        lines = text.lines().toList();
        this.folder = folder;
        this.withFiles = withFiles;
    }

    /** Reads a file, or the {@code lab.md} of a folder. IOException when it cannot be read. */
    public static Parsed read(Path path) throws IOException {
        var file = Files.isDirectory(path) ? path.resolve("lab.md") : path;
        if (Files.size(file) > 4L * LARGEST) {
            return refused("this is too large for a lab");
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return parse(text, file.toAbsolutePath().getParent());
        } catch (CharacterCodingException e) {
            return refused("this is not text in UTF-8");
        }
    }

    /**
     * Reads a text.
     *
     * @param folder where the files it names are; null when it can name none
     */
    public static Parsed parse(String text, Path folder) {
        if (text.length() > LARGEST) {
            return refused("this is too large for a lab");
        }
        return new LabParser(text, folder, true).parse(text);
    }

    /**
     * Reads a text whose files are not at hand: mail that they bring is empty, and pictures are not looked for. Good
     * enough to grade by, and not to be worked at.
     */
    public static Parsed parseText(String text) {
        return text.length() > LARGEST ? refused("this is too large for a lab")
                : new LabParser(text, null, false).parse(text);
    }

    private static Parsed refused(String why) {
        return new Parsed(null, List.of(Problem.of(1, why)));
    }

    private Parsed parse(String text) {
        var document = MARKDOWN.parse(text);
        document.accept(new Strangers());
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            take(node);
        }
        endStep();
        if (title.isEmpty()) {
            problems.add(Problem.of(1, "a lab begins with its title, in a line of its own: # Title"));
        }
        if (steps.isEmpty() && !title.isEmpty()) {
            problems.add(Problem.of(Math.max(1, lines.size()), "there is no step: a step begins with ## and a title"));
        }
        problems.sort(null);
        return new Parsed(problems.isEmpty() ? new Lab(title, intro.toString().strip(), setup, steps, text, folder)
                : null, List.copyOf(problems));
    }

    private void take(Node node) {
        if (node instanceof Heading found && found.getLevel() == 1 && title.isEmpty()) {
            title = textOf(found);
        } else if (node instanceof Heading found && found.getLevel() == 2) {
            endStep();
            heading = found;
        } else if (node instanceof FencedCodeBlock fence && isOurs(fence)) {
            take(fence);
        } else {
            text(node);
        }
    }

    private void take(FencedCodeBlock fence) {
        var words = fence.getInfo().strip().split("\\s+", 2);
        var kind = words.length > 1 ? words[1] : "";
        var line = line(fence);
        var inside = fence.getLiteral().lines().toList();
        var questions = new QuestionSyntax(problems::add);
        switch (words[0]) {
            case "setup" -> {
                if (heading != null) {
                    problems.add(Problem.of(line, "what is set up stands before the first step; in a step, use do"));
                }
                setup.addAll(commands(inside, line));
            }
            case "do" -> inStep(line, new Block.Doing(line, commands(inside, line)));
            case "hint" -> inStep(line, new Block.Hint(line, fence.getLiteral().strip()));
            case "check" -> questions.checks(inside, line + 1).forEach(check -> inStep(line, check));
            case "quiz" -> questions.question(kind, inside, line).ifPresent(question -> inStep(line, question));
            case "predict" -> questions.prediction(kind, inside, line).ifPresent(asked -> inStep(line, asked));
            default -> throw new IllegalStateException(words[0]);
        }
    }

    private List<SetupCommand> commands(List<String> inside, int line) {
        var commands = new SetupSyntax(folder, withFiles, problems::add).read(inside, line + 1);
        commands.forEach(declared::take);
        return commands;
    }

    private static boolean isOurs(FencedCodeBlock fence) {
        var word = fence.getInfo().strip().split("\\s+", 2)[0];
        return switch (word) {
            case "setup", "do", "hint", "check", "quiz", "predict" -> true;
            default -> false;
        };
    }

    private void inStep(int line, Block block) {
        if (heading == null) {
            problems.add(Problem.of(line, "this belongs into a step, which begins with ## and a title"));
        }
        blocks.add(block);
    }

    /** The source of a node, so that it can be shown as it was meant. */
    private void text(Node node) {
        var from = line(node);
        var to = node.getSourceSpans().getLast().getLineIndex() + 1;
        var source = String.join("\n", lines.subList(from - 1, to));
        if (heading == null) {
            intro.append(source).append("\n\n");
        } else if (!blocks.isEmpty() && blocks.getLast() instanceof Block.Text(var line, var before)) {
            blocks.set(blocks.size() - 1, new Block.Text(line, before + "\n\n" + source));
        } else {
            blocks.add(new Block.Text(from, source));
        }
    }

    private void endStep() {
        if (heading != null) {
            steps.add(new Step(textOf(heading), line(heading), blocks));
            blocks = new ArrayList<>();
        }
    }

    private static int line(Node node) {
        return node.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    private String textOf(Heading found) {
        var text = new StringBuilder();
        found.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(org.commonmark.node.Code part) {
                text.append(part.getLiteral());
            }
        });
        if (text.isEmpty()) {
            problems.add(Problem.of(line(found), "a heading needs a text"));
        }
        return text.toString();
    }

    /** What a stranger's text must not bring: markup of its own, pictures from elsewhere, links that do something. */
    private final class Strangers extends AbstractVisitor {
        private int line = 1;

        @Override
        public void visit(HtmlBlock node) {
            problems.add(Problem.of(LabParser.line(node), "HTML is not taken: write Markdown"));
        }

        @Override
        public void visit(HtmlInline node) {
            problems.add(Problem.of(near(node), "HTML is not taken: write Markdown"));
        }

        @Override
        public void visit(Link node) {
            var to = node.getDestination();
            if (!to.matches("(?i)(https?|mailto):.*") && !to.startsWith("#")) {
                problems.add(Problem.of(near(node), "a link leads to a page (https:), and not to " + to));
            }
            visitChildren(node);
        }

        @Override
        public void visit(Image node) {
            var name = node.getDestination();
            if (withFiles && !isInside(name)) {
                problems.add(Problem.of(near(node), "the picture " + name + " is not in the lab's folder"));
            }
            visitChildren(node);
        }

        private int near(Node node) {
            if (!node.getSourceSpans().isEmpty()) {
                line = LabParser.line(node);
            }
            return line;
        }

        private boolean isInside(String name) {
            if (folder == null || name.contains(":")) {
                return false;
            }
            try {
                var root = folder.toRealPath();
                var file = root.resolve(name).normalize();
                return file.startsWith(root) && file.toRealPath().startsWith(root);
            } catch (IOException | java.nio.file.InvalidPathException e) {
                return false;
            }
        }
    }
}
