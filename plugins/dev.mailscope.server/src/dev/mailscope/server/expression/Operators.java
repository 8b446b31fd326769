package dev.mailscope.server.expression;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import dev.mailscope.server.mailbox.Flags;

/** What operators and functions do with their operands; wrong types are found when the expression is read. */
final class Operators {
    /** An operand and where it stands. */
    record Operand(Value value, Places.Place place) {
        private WrongExpression wrong(String message) {
            return place.wrong(message);
        }
    }

    private static final Pattern COUNTS = Pattern.compile("\\{(\\d+)(?:,(\\d*))?");
    private static final long MOST_REPEATED = 100_000;

    private Operators() {
    }

    static Value.Truth equal(Operand left, Operand right) {
        checkValue(left, right);
        checkValue(right, left);
        return switch (left.value()) {
            case Value.Truth(var a) when right.value() instanceof Value.Truth(var b) ->
                new Value.Truth(s -> a.test(s) == b.test(s));
            case Value.Number(var a) when right.value() instanceof Value.Number(var b) ->
                new Value.Truth(s -> a.applyAsLong(s) == b.applyAsLong(s));
            case Value.Number(var a) when right.value() instanceof Value.Numbers(var b) ->
                new Value.Truth(s -> b.apply(s).contains(a.applyAsLong(s)));
            case Value.Numbers(var a) when right.value() instanceof Value.Number(var b) ->
                new Value.Truth(s -> a.apply(s).contains(b.applyAsLong(s)));
            case Value.Text a when right.value() instanceof Value.Text b -> sameText(a, b);
            case Value.Text a when right.value() instanceof Value.Texts b -> oneOf(b, a);
            case Value.Texts a when right.value() instanceof Value.Text b -> oneOf(a, b);
            case Value value -> throw notComparable(left, right);
        };
    }

    static Value.Truth ordered(Operand left, Operand right, IntPredicate wanted) {
        return switch (left.value()) {
            case Value.Number(var a) when right.value() instanceof Value.Number(var b) ->
                new Value.Truth(s -> wanted.test(Long.compare(a.applyAsLong(s), b.applyAsLong(s))));
            case Value.Numbers(var a) when right.value() instanceof Value.Number(var b) -> new Value.Truth(s -> {
                var limit = b.applyAsLong(s);
                return any(s, a.apply(s), number -> wanted.test(Long.compare(number, limit)));
            });
            case Value.Text a when right.value() instanceof Value.Text b -> new Value.Truth(
                    s -> wanted.test(a.code().apply(s).compareTo(b.code().apply(s))));
            case Value value -> throw notComparable(left, right);
        };
    }

    /** In a list, or like a regular expression. */
    static Value.Truth matches(Operand left, Operand right) {
        if (right.value() instanceof Value.Text pattern) {
            if (pattern.constant() == null) {
                throw right.wrong("A regular expression must be written out, as text");
            }
            return matches(left, pattern(pattern.constant(), comparing(left), right));
        }
        if (left.value() instanceof Value.Text text
                && right.value() instanceof Value.Texts(var code, var comparing, var constants) && constants != null) {
            constants.forEach(constant -> checkValue(text, constant, right));
            var keys = keys(text.comparing(), constants);
            var how = text.comparing();
            return new Value.Truth(s -> keys.contains(how.key(text.code().apply(s))));
        }
        if (left.value() instanceof Value.Texts texts
                && right.value() instanceof Value.Texts(var code, var comparing, var constants) && constants != null) {
            var keys = keys(texts.comparing(), constants);
            var how = texts.comparing();
            return new Value.Truth(s -> any(s, texts.code().apply(s), text -> keys.contains(how.key(text))));
        }
        if (left.value() instanceof Value.Numbers(var a) && right.value() instanceof Value.Numbers(var b)) {
            return new Value.Truth(s -> {
                var among = b.apply(s);
                return any(s, a.apply(s), among::contains);
            });
        }
        return switch (right.value()) {
            case Value.Numbers list -> equal(left, right);
            case Value.Texts list -> equal(left, right);
            case Value other -> throw right.wrong("This is " + other.type().words()
                    + ", but after =~ comes a list or a regular expression");
        };
    }

    static Value.Truth affix(Operand left, Operand right, boolean atStart) {
        if (!(right.value() instanceof Value.Text(var part, var comparing, var constant, var only))) {
            throw right.wrong("This is " + right.value().type().words() + ", but text is needed here");
        }
        var inAnyCase = comparing(left) == Value.Comparing.IN_ANY_CASE;
        BiPredicate<String, String> fits = (text, wanted) -> text.regionMatches(inAnyCase,
                atStart ? 0 : text.length() - wanted.length(), wanted, 0, wanted.length());
        return switch (left.value()) {
            case Value.Text text -> new Value.Truth(s -> fits.test(text.code().apply(s), part.apply(s)));
            case Value.Texts texts -> new Value.Truth(s -> {
                var wanted = part.apply(s);
                return any(s, texts.code().apply(s), text -> fits.test(text, wanted));
            });
            case Value other -> throw left.wrong("This is " + other.type().words() + ", but text is needed here");
        };
    }

    static Value size(Value value, Places.Place place) {
        return switch (value) {
            case Value.Text text -> new Value.Number(s -> text.code().apply(s).length());
            case Value.Texts texts -> new Value.Number(s -> texts.code().apply(s).size());
            case Value.Numbers numbers -> new Value.Number(s -> numbers.code().apply(s).size());
            case Value other -> throw place.wrong("This is " + other.type().words()
                    + ", but text or a list is needed here");
        };
    }

    static Value empty(Value value, Places.Place place) {
        var size = ((Value.Number) size(value, place)).code();
        return new Value.Truth(s -> size.applyAsLong(s) == 0);
    }

    /** A function of the state or of texts. The values must be of the types it wants. */
    static Value call(Function function, List<Value> values) {
        return switch (function) {
            case SESSION -> {
                var number = number(values, 0);
                yield new Value.OfSession(s -> s.session(number.applyAsLong(s)));
            }
            case TOLD -> Property.SESSION_TOLD.of(call(Function.SESSION, values));
            case FOLDER -> {
                var account = text(values, 0);
                var name = text(values, 1);
                yield new Value.OfFolder(s -> s.folder(account.apply(s), name.apply(s)).orElse(null));
            }
            case MESSAGES -> Property.FOLDER_MESSAGES.of(call(Function.FOLDER, values));
            case UIDS -> Property.FOLDER_UIDS.of(call(Function.FOLDER, values));
            case FLAGS -> {
                var account = text(values, 0);
                var name = text(values, 1);
                var uid = number(values, 2);
                yield new Value.Texts(s -> s.folder(account.apply(s), name.apply(s))
                        .map(folder -> folder.message(uid.applyAsLong(s))).map(message -> message.flags())
                        .orElse(Flags.NONE).names(), Value.Comparing.IN_ANY_CASE, null);
            }
            case HELD -> {
                var device = text(values, 0);
                var folder = text(values, 1);
                yield new Value.Number(s -> s.held(device.apply(s), folder.apply(s)));
            }
            case SESSIONS -> {
                var device = text(values, 0);
                yield new Value.Numbers(s -> s.sessions(device.apply(s)));
            }
            case CONTAINS -> {
                var text = text(values, 0);
                var part = text(values, 1);
                yield new Value.Truth(s -> contains(s, text.apply(s), part.apply(s)));
            }
            case EXISTS, NEVER, COUNT, SIZE, EMPTY ->
                throw new IllegalArgumentException(function + " is no function of the state");
        };
    }

    private static java.util.function.Function<Scope, String> text(List<Value> values, int index) {
        return ((Value.Text) values.get(index)).code();
    }

    private static ToLongFunction<Scope> number(List<Value> values, int index) {
        return ((Value.Number) values.get(index)).code();
    }

    private static boolean contains(Scope scope, String text, String part) {
        if (part.isEmpty()) {
            return true;
        }
        var lower = Character.toLowerCase(part.charAt(0));
        var upper = Character.toUpperCase(part.charAt(0));
        for (var i = 0; i <= text.length() - part.length(); i++) {
            var c = text.charAt(i);
            if (c == lower || c == upper) {
                scope.budget().step();
                if (text.regionMatches(true, i, part, 0, part.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Value.Truth sameText(Value.Text a, Value.Text b) {
        var how = a.comparing() == Value.Comparing.EXACTLY ? b.comparing() : a.comparing();
        var left = a.code();
        var right = b.code();
        if (b.constant() != null) {
            var key = how.key(b.constant());
            return new Value.Truth(s -> how.same(left.apply(s), key));
        }
        return new Value.Truth(s -> how.same(left.apply(s), how.key(right.apply(s))));
    }

    private static Value.Truth oneOf(Value.Texts list, Value.Text one) {
        var how = list.comparing() == Value.Comparing.EXACTLY ? one.comparing() : list.comparing();
        var code = list.code();
        if (one.constant() != null) {
            var key = how.key(one.constant());
            return new Value.Truth(s -> any(s, code.apply(s), text -> how.same(text, key)));
        }
        return new Value.Truth(s -> {
            var key = how.key(one.code().apply(s));
            return any(s, code.apply(s), text -> how.same(text, key));
        });
    }

    private static Value.Truth matches(Operand left, Pattern pattern) {
        return switch (left.value()) {
            case Value.Text text -> new Value.Truth(
                    s -> pattern.matcher(s.budget().watched(text.code().apply(s))).find());
            case Value.Texts texts -> new Value.Truth(s -> any(s, texts.code().apply(s),
                    text -> pattern.matcher(s.budget().watched(text)).find()));
            case Value other -> throw left.wrong("This is " + other.type().words()
                    + ", but a regular expression needs text");
        };
    }

    private static Pattern pattern(String regex, Value.Comparing comparing, Operand place) {
        // Something empty that is repeated looks at no character, so that no budget can end it.
        var repeated = 1L;
        for (var counts = COUNTS.matcher(regex); counts.find();) {
            repeated *= Math.max(1, Math.max(count(counts.group(1)), count(counts.group(2))));
            if (repeated > MOST_REPEATED) {
                throw place.wrong("This regular expression repeats something too often; the product of all its counts,"
                        + " such as {3}, is " + MOST_REPEATED + " at most");
            }
        }
        try {
            return Pattern.compile(regex, comparing == Value.Comparing.IN_ANY_CASE ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw place.wrong("This is no regular expression: " + e.getDescription().toLowerCase(Locale.ROOT)
                    + (e.getIndex() < 0 ? "" : " at its character " + (e.getIndex() + 1)));
        } catch (StackOverflowError e) {
            throw place.wrong("This regular expression is nested too deeply");
        }
    }

    private static long count(String digits) {
        return digits == null || digits.isEmpty() ? 1
                : digits.length() > 9 ? MOST_REPEATED + 1 : Long.parseLong(digits);
    }

    private static Value.Comparing comparing(Operand operand) {
        return switch (operand.value()) {
            case Value.Text text -> text.comparing();
            case Value.Texts texts -> texts.comparing();
            case Value other -> Value.Comparing.EXACTLY;
        };
    }

    private static Set<String> keys(Value.Comparing comparing, List<String> constants) {
        var keys = new HashSet<String>();
        constants.forEach(constant -> keys.add(comparing.key(constant)));
        return keys;
    }

    private static <T> boolean any(Scope scope, Collection<T> values, Predicate<T> wanted) {
        for (var value : values) {
            scope.budget().step();
            if (wanted.test(value)) {
                return true;
            }
        }
        return false;
    }

    private static void checkValue(Operand variable, Operand constant) {
        if (variable.value() instanceof Value.Text text && constant.value() instanceof Value.Text other
                && other.constant() != null) {
            checkValue(text, other.constant(), constant);
        }
    }

    private static void checkValue(Value.Text variable, String constant, Operand place) {
        var known = variable.only();
        if (!known.isEmpty() && known.stream().noneMatch(constant::equalsIgnoreCase)) {
            throw place.wrong("It is never '" + constant + "'" + Spelling.didYouMean(constant, known.stream(), "'")
                    .replaceFirst("^$", "; it is one of " + String.join(", ", known.stream()
                            .filter(s -> !s.isEmpty()).map(s -> "'" + s + "'").toList())));
        }
    }

    private static WrongExpression notComparable(Operand left, Operand right) {
        return right.wrong("This is " + right.value().type().words() + ", which cannot be compared with "
                + left.value().type().words());
    }
}
