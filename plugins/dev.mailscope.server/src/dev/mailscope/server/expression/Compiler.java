package dev.mailscope.server.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.JexlInfo;
import org.apache.commons.jexl3.parser.ASTAddNode;
import org.apache.commons.jexl3.parser.ASTAndNode;
import org.apache.commons.jexl3.parser.ASTArrayLiteral;
import org.apache.commons.jexl3.parser.ASTDivNode;
import org.apache.commons.jexl3.parser.ASTEQNode;
import org.apache.commons.jexl3.parser.ASTERNode;
import org.apache.commons.jexl3.parser.ASTEWNode;
import org.apache.commons.jexl3.parser.ASTEmptyFunction;
import org.apache.commons.jexl3.parser.ASTFalseNode;
import org.apache.commons.jexl3.parser.ASTFunctionNode;
import org.apache.commons.jexl3.parser.ASTGENode;
import org.apache.commons.jexl3.parser.ASTGTNode;
import org.apache.commons.jexl3.parser.ASTIdentifier;
import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTLENode;
import org.apache.commons.jexl3.parser.ASTLTNode;
import org.apache.commons.jexl3.parser.ASTModNode;
import org.apache.commons.jexl3.parser.ASTMulNode;
import org.apache.commons.jexl3.parser.ASTNENode;
import org.apache.commons.jexl3.parser.ASTNEWNode;
import org.apache.commons.jexl3.parser.ASTNRNode;
import org.apache.commons.jexl3.parser.ASTNSWNode;
import org.apache.commons.jexl3.parser.ASTNotNode;
import org.apache.commons.jexl3.parser.ASTNumberLiteral;
import org.apache.commons.jexl3.parser.ASTOrNode;
import org.apache.commons.jexl3.parser.ASTReference;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.ASTSWNode;
import org.apache.commons.jexl3.parser.ASTSizeFunction;
import org.apache.commons.jexl3.parser.ASTStringLiteral;
import org.apache.commons.jexl3.parser.ASTSubNode;
import org.apache.commons.jexl3.parser.ASTTrueNode;
import org.apache.commons.jexl3.parser.ASTUnaryMinusNode;
import org.apache.commons.jexl3.parser.JexlNode;
import org.apache.commons.jexl3.parser.Parser;

/** Makes code of one expression's text, or says what is wrong with it. */
final class Compiler {
    private static final JexlFeatures FEATURES = JexlFeatures.createNone().structuredLiteral(true);
    // Each operator of a long chain is one level; its code runs as deep.
    private static final int DEEPEST = 300;

    private final String text;
    private final List<Token> tokens;
    private final Places places;
    private int pasts;
    private boolean ofEventAlone = true;
    private boolean asksUser;
    private int depth;

    Compiler(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        this.places = new Places(tokens);
    }

    /** The condition. Throws {@link WrongExpression}. */
    Predicate<Scope> compile() {
        if (tokens.isEmpty()) {
            throw new WrongExpression("There is nothing here; an expression looks like command == 'STORE'", 0, 1);
        }
        Lexer.check(tokens, text.length());
        checkNames();
        var root = parse();
        return switch (value(root.jjtGetChild(0))) {
            case Value.Truth(var code) -> code;
            case Value other -> throw new WrongExpression("This is " + other.type().words()
                    + "; an expression must be true or false", tokens.getFirst().from(),
                    tokens.getLast().to() - tokens.getFirst().from());
        };
    }

    /** How many conditions about the past there are in it. */
    int pasts() {
        return pasts;
    }

    /** True when there is nothing in it that asks for other events or for the state. */
    boolean isOfEventAlone() {
        return ofEventAlone;
    }

    /** True when it asks who logs in in an event's session, which may not be known yet when the event happens. */
    boolean asksUser() {
        return asksUser;
    }

    private void checkNames() {
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() != Token.Kind.NAME || i > 0 && tokens.get(i - 1).kind() == Token.Kind.DOT) {
                continue;
            }
            var name = token.text();
            ofEventAlone &= !(isCall(i) ? Function.named(name).filter(Function::isOfEventAlone).isEmpty()
                    : Variable.named(name).filter(variable -> !variable.isOfEventAlone()).isPresent());
            asksUser |= !isCall(i) && Variable.named(name).equals(Optional.of(Variable.USER));
            if (isCall(i)) {
                if (Function.named(name).isEmpty()) {
                    throw new WrongExpression("There is no function \"" + name + "\""
                            + Spelling.didYouMean(name, Function.names(), "\""), token);
                }
            } else if (Variable.named(name).isEmpty() && !name.equals("true") && !name.equals("false")) {
                throw new WrongExpression(Function.named(name)
                        .map(f -> "\"" + name + "\" is a function; it is called as " + f.signature())
                        .orElse("There is no \"" + name + "\" here"
                                + suggestion(name)), token);
            }
        }
    }

    private static String suggestion(String name) {
        var near = Spelling.didYouMean(name, Variable.names(), "\"");
        return near.isEmpty() ? "; text is written in quotation marks" : near;
    }

    private boolean isCall(int index) {
        return index + 1 < tokens.size() && tokens.get(index + 1).is("(");
    }

    private JexlNode parse() {
        var source = new StringBuilder(text);
        for (var i = 0; i < source.length(); i++) {
            if (Character.isWhitespace(source.charAt(i))) {
                source.setCharAt(i, ' ');
            }
        }
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.is(Places.SIZE) && !isCall(i)) {
                source.replace(token.from(), token.to(), Places.SIZE_INSIDE);
            }
        }
        try {
            return new Parser(";").parse(new JexlInfo("expression", 1, 1), FEATURES, source.toString(), null);
        } catch (JexlException e) {
            var at = Math.clamp(e.getInfo().getColumn() - 1, 0, text.length() - 1);
            throw new WrongExpression("This is not understood here", at, places.lengthAt(at));
        }
    }

    private Value value(JexlNode node) {
        if (++depth > DEEPEST) {
            throw new WrongExpression("Too many operators follow each other here; " + DEEPEST + " are the most",
                    Math.max(0, places.offset(node)), 1);
        }
        var value = valueOf(node);
        depth--;
        return value;
    }

    private Value valueOf(JexlNode node) {
        return switch (node) {
            case ASTReferenceExpression n -> value(n.jjtGetChild(0));
            case ASTTrueNode n -> new Value.Truth(s -> true);
            case ASTFalseNode n -> new Value.Truth(s -> false);
            case ASTNumberLiteral n -> {
                var number = n.getLiteral().longValue();
                yield new Value.Number(s -> number);
            }
            case ASTStringLiteral n -> {
                var constant = n.getLiteral();
                yield new Value.Text(s -> constant, Value.Comparing.EXACTLY, constant, List.of());
            }
            case ASTArrayLiteral n -> list(n);
            case ASTIdentifier n -> Variable.named(Places.written(n.getName())).orElseThrow(() -> notHere(n)).value();
            case ASTReference n -> properties(n);
            case ASTFunctionNode n -> call(n);
            case ASTSizeFunction n -> Operators.size(value(n.jjtGetChild(0)), place(n.jjtGetChild(0)));
            case ASTEmptyFunction n -> Operators.empty(value(n.jjtGetChild(0)), place(n.jjtGetChild(0)));
            case ASTNotNode n -> new Value.Truth(truth(n.jjtGetChild(0)).negate());
            case ASTAndNode n -> new Value.Truth(all(n));
            case ASTOrNode n -> new Value.Truth(any(n));
            case ASTEQNode n -> equal(n);
            case ASTNENode n -> not(equal(n));
            case ASTLTNode n -> ordered(n, order -> order < 0);
            case ASTLENode n -> ordered(n, order -> order <= 0);
            case ASTGTNode n -> ordered(n, order -> order > 0);
            case ASTGENode n -> ordered(n, order -> order >= 0);
            case ASTERNode n -> matches(n);
            case ASTNRNode n -> not(matches(n));
            case ASTSWNode n -> affix(n, true);
            case ASTNSWNode n -> not(affix(n, true));
            case ASTEWNode n -> affix(n, false);
            case ASTNEWNode n -> not(affix(n, false));
            case ASTAddNode n -> arithmetic(n, Math::addExact);
            case ASTSubNode n -> arithmetic(n, Math::subtractExact);
            case ASTMulNode n -> arithmetic(n, Math::multiplyExact);
            case ASTDivNode n -> arithmetic(n, (a, b) -> Math.divideExact(a, divisor(b)));
            case ASTModNode n -> arithmetic(n, (a, b) -> a % divisor(b));
            case ASTUnaryMinusNode n -> {
                var code = number(n.jjtGetChild(0));
                yield new Value.Number(s -> Math.negateExact(code.code().applyAsLong(s)));
            }
            default -> throw notHere(node);
        };
    }

    // Where the JVM finds that out itself often enough, it no longer says why.
    private static long divisor(long number) {
        if (number == 0) {
            throw new ArithmeticException("/ by zero");
        }
        return number;
    }

    private Value list(ASTArrayLiteral node) {
        var texts = new ArrayList<String>();
        var numbers = new ArrayList<Long>();
        for (var i = 0; i < node.jjtGetNumChildren(); i++) {
            switch (node.jjtGetChild(i)) {
                case ASTStringLiteral n -> texts.add(n.getLiteral());
                case ASTNumberLiteral n -> numbers.add(n.getLiteral().longValue());
                case JexlNode other -> throw place(other).wrong("A list holds texts or numbers that are written out");
            }
        }
        if (!texts.isEmpty() && !numbers.isEmpty()) {
            throw place(node).wrong("A list holds either texts or numbers");
        }
        var constants = List.copyOf(texts);
        var values = List.copyOf(numbers);
        return numbers.isEmpty() ? new Value.Texts(s -> constants, Value.Comparing.EXACTLY, constants)
                : new Value.Numbers(s -> values);
    }

    private Value properties(ASTReference node) {
        var whole = value(node.jjtGetChild(0));
        for (var i = 1; i < node.jjtGetNumChildren(); i++) {
            var at = node.jjtGetChild(i);
            var owner = whole.type();
            if (!(at instanceof ASTIdentifierAccess access) || access.isExpression()) {
                throw notHere(at);
            }
            var name = Places.written(access.getName());
            if (Property.of(owner).findAny().isEmpty()) {
                throw place(at).wrong("There is nothing to be seen inside " + owner.words());
            }
            whole = Property.named(owner, name).orElseThrow(() -> place(at).wrong(owner.words() + " has no \"" + name
                    + "\"" + Spelling.didYouMean(name, Property.of(owner).map(Property::written), "\""))).of(whole);
        }
        return whole;
    }

    private Value call(ASTFunctionNode node) {
        var name = node.jjtGetChild(0);
        var function = Function.named(((ASTIdentifier) name).getName()).orElseThrow(() -> notHere(name));
        var arguments = node.jjtGetChild(1);
        var wanted = function.parameters();
        if (arguments.jjtGetNumChildren() != wanted.size()) {
            throw place(name).wrong("It is called as " + function.signature() + ", not with "
                    + (arguments.jjtGetNumChildren() == 0 ? "nothing" : arguments.jjtGetNumChildren() + " values"));
        }
        var values = new ArrayList<Value>();
        for (var i = 0; i < wanted.size(); i++) {
            var at = arguments.jjtGetChild(i);
            var value = value(at);
            if (wanted.get(i).type() != null && value.type() != wanted.get(i).type()) {
                throw place(at).wrong("The " + wanted.get(i).name() + " is " + wanted.get(i).type().words() + ", but this is "
                        + value.type().words());
            }
            values.add(value);
        }
        return switch (function) {
            case EXISTS -> past(values.getFirst(), false);
            case NEVER -> past(values.getFirst(), true);
            case COUNT -> {
                var condition = ((Value.Truth) values.getFirst()).code();
                var slot = pasts++;
                yield new Value.Number(s -> s.count(slot, condition, false));
            }
            case SIZE, EMPTY -> throw notHere(node); // JEXL has nodes of their own for them
            case MESSAGES, UIDS, FLAGS, FOLDER, SESSION, TOLD, HELD, SESSIONS, CONTAINS ->
                Operators.call(function, values);
        };
    }

    private Value past(Value condition, boolean never) {
        var code = ((Value.Truth) condition).code();
        var slot = pasts++;
        return new Value.Truth(s -> s.count(slot, code, true) == 0 == never);
    }

    private Predicate<Scope> all(JexlNode node) {
        return parts(node).reduce(Predicate::and).orElseThrow();
    }

    private Predicate<Scope> any(JexlNode node) {
        return parts(node).reduce(Predicate::or).orElseThrow();
    }

    private Stream<Predicate<Scope>> parts(JexlNode node) {
        var parts = new ArrayList<Predicate<Scope>>();
        for (var i = 0; i < node.jjtGetNumChildren(); i++) {
            parts.add(truth(node.jjtGetChild(i)));
        }
        return parts.stream();
    }

    private Predicate<Scope> truth(JexlNode node) {
        return switch (value(node)) {
            case Value.Truth(var code) -> code;
            case Value other -> throw place(node).wrong("This is " + other.type().words()
                    + ", but true or false is needed here");
        };
    }

    private Value.Number number(JexlNode node) {
        return switch (value(node)) {
            case Value.Number number -> number;
            case Value other -> throw place(node).wrong("This is " + other.type().words()
                    + ", but a number is needed here");
        };
    }

    private Value arithmetic(JexlNode node, LongBinaryOperator operator) {
        var left = number(node.jjtGetChild(0)).code();
        var right = number(node.jjtGetChild(1)).code();
        return new Value.Number(s -> operator.applyAsLong(left.applyAsLong(s), right.applyAsLong(s)));
    }

    private Value.Truth equal(JexlNode node) {
        return Operators.equal(operand(node, 0), operand(node, 1));
    }

    private Value ordered(JexlNode node, IntPredicate wanted) {
        return Operators.ordered(operand(node, 0), operand(node, 1), wanted);
    }

    private Value.Truth matches(JexlNode node) {
        return Operators.matches(operand(node, 0), operand(node, 1));
    }

    private Value.Truth affix(JexlNode node, boolean atStart) {
        return Operators.affix(operand(node, 0), operand(node, 1), atStart);
    }

    private static Value not(Value.Truth truth) {
        return new Value.Truth(truth.code().negate());
    }

    private Operators.Operand operand(JexlNode node, int index) {
        var child = node.jjtGetChild(index);
        return new Operators.Operand(value(child), place(child));
    }

    private Places.Place place(JexlNode node) {
        return places.of(node);
    }

    private WrongExpression notHere(JexlNode node) {
        return place(node).wrong("This is no part of an expression");
    }
}
