package dev.mailscope.lab.pack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.mailscope.server.expression.Expression;

/**
 * Reads the lines of {@code check}, {@code quiz} and {@code predict} blocks. In the latter two, the question comes
 * first, then the answers, then what is begun with {@code >}: why.
 */
final class QuestionSyntax {
    // "- [x] text" is right, "- [ ] text" is wrong
    private static final Pattern CHOICE = Pattern.compile("[-*] \\[([ xX])] (.+)");
    private static final Pattern ITEM = Pattern.compile("[-*] (.+)");
    private static final Pattern NUMBERED = Pattern.compile("\\d{1,3}[.)] (.+)");
    private static final Pattern EQUALS = Pattern.compile("= ?(.+)");
    private static final Pattern BECAUSE = Pattern.compile("> ?(.*)");
    private static final String COLON = ": ";

    private final Consumer<Problem> problems;

    QuestionSyntax(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** What is written in a block, sorted by what it is. */
    private record Parts(String asks, List<Item> answers, String because) {
        private record Item(int line, String text) {
        }
    }

    /** The checks of a block, each a line {@code what it is: expression}. */
    List<Block> checks(List<String> lines, int first) {
        var checks = new ArrayList<Block>();
        for (var i = 0; i < lines.size(); i++) {
            var number = first + i;
            var line = lines.get(i);
            if (!line.isBlank()) {
                split(line, number, 0).ifPresent(said ->
                        checks.add(new Block.Check(number, said.says, said.condition)));
            }
        }
        if (checks.isEmpty() && lines.stream().allMatch(String::isBlank)) {
            problems.accept(Problem.of(first - 1, "there is nothing to be checked"));
        }
        return checks;
    }

    /** A question of a kind: single, multiple, text, number or order. Empty when something is wrong with it. */
    Optional<Block> question(String kind, List<String> lines, int line) {
        var parts = parts(lines, line + 1);
        if (parts.asks.isBlank()) {
            problems.accept(Problem.of(line, "there is no question before the answers"));
            return Optional.empty();
        }
        var answer = switch (kind) {
            case "single", "multiple" -> choice(parts, line, kind.equals("multiple"));
            case "text" -> freeText(parts, line);
            case "number" -> number(parts, line);
            case "order" -> order(parts, line);
            default -> {
                problems.accept(Problem.of(line, "\"quiz " + kind + "\" is no kind of question; they are single,"
                        + " multiple, text, number and order"));
                yield Optional.<Block.Answer>empty();
            }
        };
        return answer.map(found -> new Block.Question(line, parts.asks, found, parts.because));
    }

    /** A prediction; of a number when that is the kind. Empty when something is wrong with it. */
    Optional<Block> prediction(String kind, List<String> lines, int line) {
        var parts = parts(lines, line + 1);
        if (parts.asks.isBlank()) {
            problems.accept(Problem.of(line, "there is no question before the answers"));
            return Optional.empty();
        }
        var outcome = switch (kind) {
            case "" -> oneOf(parts, line);
            case "number" -> amount(parts, line);
            default -> {
                problems.accept(Problem.of(line, "\"predict " + kind + "\" is no kind of prediction; there is predict,"
                        + " and predict number"));
                yield Optional.<Block.Outcome>empty();
            }
        };
        return outcome.map(found -> new Block.Prediction(line, parts.asks, found, parts.because));
    }

    private Optional<Block.Answer> choice(Parts parts, int line, boolean several) {
        var choices = new ArrayList<String>();
        var right = new HashSet<Integer>();
        for (var item : parts.answers) {
            var found = CHOICE.matcher(item.text);
            if (!found.matches()) {
                return wrong(item.line, "a choice is written - [x] where it is right, and - [ ] where it is not");
            }
            if (!found.group(1).isBlank()) {
                right.add(choices.size());
            }
            choices.add(found.group(2).strip());
        }
        if (choices.size() < 2) {
            return wrong(line, "there are not two choices, each written - [ ] or - [x]");
        }
        if (!several && right.size() != 1) {
            return wrong(line, "of a single choice exactly one is right, and here are " + right.size());
        }
        return Optional.of(new Block.Choice(choices, right, several));
    }

    private Optional<Block.Answer> freeText(Parts parts, int line) {
        var right = new ArrayList<String>();
        for (var item : parts.answers) {
            var found = EQUALS.matcher(item.text);
            if (!found.matches()) {
                return wrong(item.line, "what is right is written = and the text");
            }
            right.add(found.group(1).strip());
        }
        return right.isEmpty() ? wrong(line, "there is no answer: write = and what is right")
                : Optional.of(new Block.FreeText(right));
    }

    private Optional<Block.Answer> number(Parts parts, int line) {
        if (parts.answers.size() != 1) {
            return wrong(line, "there is not one answer: write = and the number");
        }
        var found = EQUALS.matcher(parts.answers.getFirst().text);
        if (!found.matches() || !found.group(1).strip().matches("-?\\d{1,18}")) {
            return wrong(parts.answers.getFirst().line, "this is no whole number: write = and the number");
        }
        return Optional.of(new Block.WholeNumber(Long.parseLong(found.group(1).strip())));
    }

    private Optional<Block.Answer> order(Parts parts, int line) {
        var items = new ArrayList<String>();
        for (var item : parts.answers) {
            var found = NUMBERED.matcher(item.text);
            if (!found.matches()) {
                return wrong(item.line, "what is to be put in order is written 1. and the text, in the right order");
            }
            items.add(found.group(1).strip());
        }
        return items.size() < 2 || items.stream().distinct().count() < items.size()
                ? wrong(line, "there are not two different things to be put in order, each written 1. and the text")
                : Optional.of(new Block.Order(items));
    }

    private Optional<Block.Outcome> oneOf(Parts parts, int line) {
        var choices = new ArrayList<String>();
        var conditions = new ArrayList<Condition>();
        for (var item : parts.answers) {
            var found = ITEM.matcher(item.text);
            if (!found.matches()) {
                return wrong(item.line, "an outcome is written - what happens: condition");
            }
            var said = split(found.group(1), item.line, found.start(1));
            if (said.isEmpty()) {
                return Optional.empty();
            }
            choices.add(said.get().says);
            conditions.add(said.get().condition);
        }
        return choices.size() < 2 ? wrong(line, "there are not two outcomes, each written - what happens: condition")
                : Optional.of(new Block.OneOf(choices, conditions));
    }

    private Optional<Block.Outcome> amount(Parts parts, int line) {
        if (parts.answers.size() != 1) {
            return wrong(line, "there is not one answer: write = and an expression that is a number");
        }
        var item = parts.answers.getFirst();
        var found = EQUALS.matcher(item.text);
        if (!found.matches()) {
            return wrong(item.line, "write = and an expression that is a number");
        }
        var number = new Condition.Number(found.group(1).strip());
        return condition(number.is(0).text(), item.line, item.text.indexOf(number.text()) - 1).isEmpty()
                ? Optional.empty() : Optional.of(new Block.Amount(number));
    }

    /** What is said, and the condition behind it. */
    private record Said(String says, Condition condition) {
    }

    private Optional<Said> split(String text, int line, int offset) {
        var colon = text.indexOf(COLON);
        if (colon <= 0) {
            problems.accept(Problem.of(line, "write what it is, a colon, and a condition"));
            return Optional.empty();
        }
        var says = text.substring(0, colon).strip();
        return condition(text.substring(colon + COLON.length()), line, offset + colon + COLON.length())
                .map(condition -> new Said(says, condition));
    }

    private Optional<Condition> condition(String text, int line, int offset) {
        return switch (Condition.parse(text, 0)) {
            case Expression.Right right -> Optional.of(new Condition(text));
            case Expression.Wrong(var problem) -> {
                problems.accept(new Problem(line, offset + problem.offset() + 1, problem.length(), problem.message()));
                yield Optional.empty();
            }
        };
    }

    private <T> Optional<T> wrong(int line, String text) {
        problems.accept(Problem.of(line, text));
        return Optional.empty();
    }

    private static Parts parts(List<String> lines, int first) {
        var asks = new StringBuilder();
        var because = new StringBuilder();
        var answers = new ArrayList<Parts.Item>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var why = BECAUSE.matcher(line);
            if (why.matches()) {
                because.append(why.group(1)).append('\n');
            } else if (ITEM.matcher(line).matches() || EQUALS.matcher(line).matches()
                    || NUMBERED.matcher(line).matches()) {
                answers.add(new Parts.Item(first + i, line.strip()));
            } else if (answers.isEmpty()) {
                asks.append(line).append('\n');
            } else if (!line.isBlank()) {
                answers.add(new Parts.Item(first + i, line.strip()));
            }
        }
        return new Parts(asks.toString().strip(), answers, because.toString().strip());
    }
}
