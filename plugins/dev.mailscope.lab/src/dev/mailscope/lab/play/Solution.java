package dev.mailscope.lab.play;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.pack.Problem;
import dev.mailscope.lab.run.Reply;
import dev.mailscope.server.expression.Expression;

/**
 * A sample solution of a lab: one command on each line, lines begun with {@code #} are comments. What can be written:
 *
 * <pre>
 * predict 2                       the second outcome; a number is written: predict = 3
 * step                            ends the step before, if any, and begins the next one
 * answer 1 3                      these choices; a text or a number: answer = UIDL; an order: answer order 2 1 3
 * hint
 * device NAME synchronise | online | offline
 * device NAME flag FOLDER NUMBER FLAG | unflag FOLDER NUMBER FLAG | delete FOLDER NUMBER
 * device NAME move FOLDER NUMBER FOLDER | create FOLDER | rename FOLDER FOLDER
 * open NAME imap | pop3           opens a session over a socket
 * NAME&gt; LINE                      sends the line, and waits for its answer
 * NAME&lt; TEXT                      what came back has that text in it
 * cut NAME                        cuts the line
 * await EXPRESSION                waits until that is so
 * </pre>
 */
public final class Solution {
    private static final int LARGEST = 1 << 20;
    private static final Pattern WIRE = Pattern.compile("([A-Za-z]\\w*)([<>]) ?(.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final List<Line> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();

    private Solution() {
    }

    /** A complaint about a line. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    /** Reads a file. IOException, with all that is wrong, when it is no solution. */
    public static Solution read(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large for a solution.");
            }
            return parse(Files.readString(file));
        } catch (MalformedInputException e) {
            throw new IOException(file + " is not text in UTF-8.", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a text. IllegalArgumentException, with all that is wrong, when it is no solution. */
    public static Solution parse(String text) {
        var solution = new Solution();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    solution.lines.add(solution.line(line, number));
                } catch (Wrong e) {
                    solution.problems.add(Problem.of(number, e.getMessage()));
                }
            }
        }
        if (!solution.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", solution.problems.stream().map(Problem::toString)
                    .toList()));
        }
        return solution;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    private Line line(String text, int line) throws Wrong {
        var wire = WIRE.matcher(text);
        if (wire.matches()) {
            var session = session(wire.group(1));
            return wire.group(2).equals(">") ? new Line.Send(line, session, wire.group(3))
                    : new Line.Expect(line, session, wire.group(3));
        }
        var words = words(text);
        return switch (words.getFirst()) {
            case "step" -> {
                count(words, 1);
                yield new Line.Step(line);
            }
            case "hint" -> {
                count(words, 1);
                yield new Line.Hint(line);
            }
            case "predict" -> new Line.Predict(line, reply(text, words));
            case "answer" -> words.size() > 1 && words.get(1).equals("order")
                    ? new Line.InOrder(line, numbers(words.subList(2, words.size())))
                    : new Line.Answer(line, reply(text, words));
            case "device" -> device(words, line);
            case "open" -> {
                count(words, 3);
                if (!words.get(1).matches("[A-Za-z]\\w*") || !words.get(2).matches("imap|pop3")) {
                    throw new Wrong("a session is opened so: open NAME imap, or open NAME pop3");
                }
                sessions.add(words.get(1));
                yield new Line.Open(line, words.get(1), words.get(2));
            }
            case "cut" -> {
                count(words, 2);
                yield new Line.Cut(line, session(words.get(1)));
            }
            case "await" -> {
                var condition = text.strip().substring("await".length()).strip();
                if (Expression.parse(condition) instanceof Expression.Wrong wrong) {
                    throw new Wrong(wrong.problem().toString());
                }
                yield new Line.Await(line, condition);
            }
            default -> throw new Wrong("\"" + words.getFirst() + "\" is no command; the commands are step, predict,"
                    + " answer, hint, device, open, cut, await, NAME> and NAME<");
        };
    }

    private Line device(List<String> words, int line) throws Wrong {
        if (words.size() < 3) {
            throw new Wrong("write which device, and what it does");
        }
        var name = words.get(1);
        return switch (words.get(2)) {
            case "synchronise" -> {
                count(words, 3);
                yield new Line.Synchronise(line, name);
            }
            case "online", "offline" -> {
                count(words, 3);
                yield new Line.Network(line, name, words.get(2).equals("online"));
            }
            case "flag", "unflag" -> {
                count(words, 6);
                yield new Line.Perform(line, name, new Action.SetFlag(words.get(3), number(words.get(4)), words.get(5),
                        words.get(2).equals("flag")));
            }
            case "delete" -> {
                count(words, 5);
                yield new Line.Perform(line, name, new Action.Delete(words.get(3), number(words.get(4))));
            }
            case "move" -> {
                count(words, 6);
                yield new Line.Perform(line, name,
                        new Action.Move(words.get(3), number(words.get(4)), words.get(5)));
            }
            case "create" -> {
                count(words, 4);
                yield new Line.Perform(line, name, new Action.CreateFolder(words.get(3)));
            }
            case "rename" -> {
                count(words, 5);
                yield new Line.Perform(line, name, new Action.RenameFolder(words.get(3), words.get(4)));
            }
            default -> throw new Wrong("\"" + words.get(2) + "\" is nothing that a device does; it can synchronise,"
                    + " online, offline, flag, unflag, delete, move, create and rename");
        };
    }

    private static Reply reply(String text, List<String> words) throws Wrong {
        if (words.size() > 1 && words.get(1).equals("=")) {
            return new Reply.Written(text.substring(text.indexOf('=') + 1).strip());
        }
        var chosen = new HashSet<Integer>();
        for (var number : numbers(words.subList(1, words.size()))) {
            chosen.add(number - 1);
        }
        return new Reply.Chosen(chosen);
    }

    private static List<Integer> numbers(List<String> words) throws Wrong {
        var numbers = new ArrayList<Integer>();
        for (var word : words) {
            numbers.add((int) number(word));
        }
        return numbers;
    }

    private static long number(String word) throws Wrong {
        if (!word.matches("-?\\d{1,9}")) {
            throw new Wrong("\"" + word + "\" is no number");
        }
        return Long.parseLong(word);
    }

    private String session(String name) throws Wrong {
        if (!sessions.contains(name)) {
            throw new Wrong("no session " + name + " was opened");
        }
        return name;
    }

    private static void count(List<String> words, int wanted) throws Wrong {
        if (words.size() != wanted) {
            throw new Wrong(words.size() < wanted ? "something is missing"
                    : "\"" + words.get(wanted) + "\" is too much");
        }
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (var matcher = WORD.matcher(text); matcher.find();) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }
}
