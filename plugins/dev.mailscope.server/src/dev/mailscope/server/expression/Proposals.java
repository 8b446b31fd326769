package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what may come next in an expression at a caret: names, operators, functions and known values. */
public final class Proposals {
    private record Operator(String text, String explanation) {
    }

    private static final Operator EQUAL = new Operator("==", "is");
    private static final Operator UNEQUAL = new Operator("!=", "is not");
    private static final Operator IN = new Operator("=~", "is in a list");
    private static final List<Operator> ORDER = List.of(new Operator("<", "is less than"),
            new Operator("<=", "is at most"), new Operator(">", "is more than"), new Operator(">=", "is at least"));
    private static final List<Operator> OF_TEXT = List.of(EQUAL, UNEQUAL, new Operator("=^", "begins with"),
            new Operator("!^", "does not begin with"), new Operator("=$", "ends with"),
            new Operator("!$", "does not end with"),
            new Operator("=~", "matches a regular expression, or is in a list"),
            new Operator("!~", "matches no such expression, or is not in the list"));
    private static final List<Operator> LOGICAL = List.of(new Operator("&&", "and"), new Operator("||", "or"));
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "=~", "!~", "=^", "!^", "=$", "!$", "<", "<=", ">",
            ">=");

    private final Known known;
    private final List<Token> before = new ArrayList<>();
    private final int from;
    private final int to;
    private final String begun;

    private Proposals(String text, int caret, Known known) {
        this.known = known;
        Token current = null;
        for (var token : Lexer.tokens(text)) {
            if (token.from() >= caret) {
                break;
            }
            var inside = token.to() > caret || token.to() == caret && token.kind() == Token.Kind.NAME
                    || token.kind() == Token.Kind.UNCLOSED;
            if (inside && token.kind() != Token.Kind.BINARY) {
                current = token;
            } else {
                before.add(token);
            }
        }
        from = current == null ? caret : current.from();
        to = current == null || current.kind() == Token.Kind.UNCLOSED ? caret : current.to();
        begun = text.substring(from, caret);
    }

    /**
     * What may come at the caret, the likeliest first; empty when nothing is known to fit. What is already there of the
     * word is looked at up to the caret, and replaced as a whole.
     */
    public static List<Proposal> at(String text, int caret, Known known) {
        return new Proposals(text, caret, known).proposals();
    }

    private List<Proposal> proposals() {
        var last = before.isEmpty() ? null : before.getLast();
        if (last == null || last.kind() == Token.Kind.PREFIX) {
            return operands(last == null);
        }
        return switch (last.kind()) {
            case DOT -> properties();
            case NAME, NUMBER, STRING, CLOSE -> begun.isEmpty() ? operators() : List.of();
            case OPEN, COMMA -> inBrackets();
            case BINARY -> COMPARISONS.contains(last.text()) ? values(variableBefore(before.size() - 1))
                    : operands(LOGICAL.stream().anyMatch(o -> last.is(o.text())));
            case MINUS, PREFIX -> operands(false);
            case UNCLOSED, WRONG -> List.of();
        };
    }

    // Variables and functions; a condition can also begin with "!".
    private List<Proposal> operands(boolean condition) {
        var found = new ArrayList<Proposal>();
        for (var variable : Variable.values()) {
            add(found, Proposal.Kind.VARIABLE, variable.written(), variable.written(), variable.explanation());
        }
        for (var function : Function.values()) {
            add(found, Proposal.Kind.FUNCTION, function.written() + "()", function.signature(), function.explanation());
        }
        if (condition) {
            add(found, Proposal.Kind.OPERATOR, "!", "!", "not");
        }
        return found;
    }

    private List<Proposal> properties() {
        var found = new ArrayList<Proposal>();
        callBefore(before.size() - 2).ifPresent(function -> Property.of(function.type()).forEach(property ->
                add(found, Proposal.Kind.PROPERTY, property.written(), property.written(), property.explanation())));
        return found;
    }

    private List<Proposal> inBrackets() {
        var open = openBracket();
        if (open < 0) {
            return List.of();
        }
        if (before.get(open).is("[")) {
            var operator = open - 1;
            return operator > 0 && COMPARISONS.contains(before.get(operator).text())
                    ? values(variableBefore(operator)) : List.of();
        }
        var function = open == 0 ? Optional.<Function>empty() : Function.named(before.get(open - 1).text());
        if (function.isEmpty()) {
            return operands(true);
        }
        var index = commasSince(open);
        var parameters = function.get().parameters();
        if (index >= parameters.size()) {
            return List.of();
        }
        return switch (parameters.get(index).name()) {
            case "account" -> values(Optional.of(Variable.ACCOUNT));
            case "folder" -> values(Optional.of(Variable.FOLDER));
            case "device" -> values(known.devices());
            case "session" -> values(Optional.of(Variable.SESSION));
            case "number" -> values(Optional.of(Variable.SESSION));
            default -> operands(parameters.get(index).type() == Type.BOOLEAN);
        };
    }

    private List<Proposal> values(Optional<Variable> variable) {
        return values(variable.map(known::valuesOf).orElse(List.of()));
    }

    private List<Proposal> values(List<String> those) {
        var found = new ArrayList<Proposal>();
        those.forEach(value -> {
            if (begins(value)) {
                found.add(new Proposal(Proposal.Kind.VALUE, value, value, "", from, to));
            }
        });
        return found;
    }

    private List<Proposal> operators() {
        var found = new ArrayList<Proposal>();
        var start = operandStart(before.size() - 1);
        var compared = start > 0 && COMPARISONS.contains(before.get(start - 1).text());
        for (var operator : compared ? LOGICAL : operatorsOf(typeOf(start))) {
            add(found, Proposal.Kind.OPERATOR, operator.text(), operator.text(), operator.explanation());
        }
        return found;
    }

    private static List<Operator> operatorsOf(Type type) {
        return switch (type) {
            case TEXT, TEXTS -> OF_TEXT;
            case NUMBER, NUMBERS -> {
                var all = new ArrayList<>(List.of(EQUAL, UNEQUAL, IN));
                all.addAll(ORDER);
                yield all;
            }
            case BOOLEAN -> LOGICAL;
            case SESSION, FOLDER -> List.of(new Operator(".", "a property of it"));
        };
    }

    // What the operand that begins there and ends before the caret is; a condition when it is in brackets.
    private Type typeOf(int start) {
        var last = before.size() - 1;
        var first = before.get(start);
        if (last > start && before.get(last - 1).kind() == Token.Kind.DOT) {
            return callBefore(last - 2).flatMap(f -> Property.named(f.type(), before.get(last).text()))
                    .map(p -> p.of(p.owner() == Type.SESSION ? new Value.OfSession(s -> null)
                            : new Value.OfFolder(s -> null)).type()).orElse(Type.BOOLEAN);
        }
        return switch (first.kind()) {
            case NUMBER -> Type.NUMBER;
            case STRING -> Type.TEXT;
            case NAME -> start == last ? Variable.named(first.text()).map(Variable::type).orElse(Type.BOOLEAN)
                    : Function.named(first.text()).map(Function::type).orElse(Type.BOOLEAN);
            case BINARY, PREFIX, MINUS, DOT, COMMA, OPEN, CLOSE, UNCLOSED, WRONG -> Type.BOOLEAN;
        };
    }

    // Where the operand begins whose last token that is.
    private int operandStart(int last) {
        var start = last;
        if (before.get(last).kind() == Token.Kind.CLOSE) {
            start = opening(last);
            if (start > 0 && before.get(start).is("(") && before.get(start - 1).kind() == Token.Kind.NAME) {
                start--;
            }
        }
        start = Math.max(0, start);
        return start > 1 && before.get(start - 1).kind() == Token.Kind.DOT ? operandStart(start - 2) : start;
    }

    // The variable, or the property as if it were one, that stands before that operator.
    private Optional<Variable> variableBefore(int operator) {
        var last = operator - 1;
        return last >= 0 && before.get(last).kind() == Token.Kind.NAME ? Variable.named(before.get(last).text())
                : callBefore(last).flatMap(f -> f == Function.FLAGS ? Optional.of(Variable.FLAGS) : Optional.empty());
    }

    // The function whose call ends with that token.
    private Optional<Function> callBefore(int close) {
        if (close < 0 || before.get(close).kind() != Token.Kind.CLOSE) {
            return Optional.empty();
        }
        var open = opening(close);
        return open < 1 ? Optional.empty() : Function.named(before.get(open - 1).text());
    }

    private int opening(int close) {
        var depth = 0;
        for (var i = close; i >= 0; i--) {
            depth += switch (before.get(i).kind()) {
                case CLOSE -> 1;
                case OPEN -> -1;
                case NAME, NUMBER, STRING, BINARY, PREFIX, MINUS, DOT, COMMA, UNCLOSED, WRONG -> 0;
            };
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private int openBracket() {
        for (var i = before.size() - 1; i >= 0; i--) {
            if (before.get(i).kind() == Token.Kind.CLOSE) {
                i = opening(i);
            } else if (before.get(i).kind() == Token.Kind.OPEN) {
                return i;
            }
        }
        return -1;
    }

    private int commasSince(int open) {
        var commas = 0;
        for (var i = before.size() - 1; i > open; i--) {
            if (before.get(i).kind() == Token.Kind.CLOSE) {
                i = opening(i);
            } else if (before.get(i).kind() == Token.Kind.COMMA) {
                commas++;
            }
        }
        return commas;
    }

    private void add(List<Proposal> found, Proposal.Kind kind, String put, String label, String explanation) {
        if (begins(put)) {
            found.add(new Proposal(kind, put, label, explanation, from, to));
        }
    }

    // A value may be begun with either quotation mark, or with none.
    private boolean begins(String put) {
        var wanted = begun.startsWith("\"") ? "'" + begun.substring(1) : begun;
        return put.regionMatches(true, 0, wanted, 0, wanted.length())
                || put.startsWith("'") && !wanted.isEmpty() && put.regionMatches(true, 1, wanted, 0, wanted.length());
    }
}
