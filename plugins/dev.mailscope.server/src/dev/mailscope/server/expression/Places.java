package dev.mailscope.server.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.jexl3.parser.ASTIdentifierAccess;
import org.apache.commons.jexl3.parser.ASTReferenceExpression;
import org.apache.commons.jexl3.parser.JexlNode;

/** Where in an expression's text JEXL's nodes stand. */
final class Places {
    // JEXL keeps the word "size" for its operator; the variable goes through its parser under a name as long.
    static final String SIZE = "size";
    static final String SIZE_INSIDE = "$ize";

    private final List<Token> tokens;
    private final Map<Integer, Token> byOffset = new HashMap<>();

    /** Places in a text that is made of these tokens. */
    Places(List<Token> tokens) {
        this.tokens = tokens;
        tokens.forEach(token -> byOffset.put(token.from(), token));
    }

    /** Where a node stands: from its first token to its last. */
    Place of(JexlNode node) {
        var from = start(node);
        var end = end(node);
        var open = 0;
        for (var token : tokens) {
            if (token.from() >= from && (token.from() < end || open > 0 && token.kind() == Token.Kind.CLOSE)) {
                open += token.kind() == Token.Kind.OPEN ? 1 : token.kind() == Token.Kind.CLOSE ? -1 : 0;
                end = Math.max(end, token.to());
            }
        }
        return new Place(from, end - from);
    }

    /** Where the token is that a node is made of. */
    int offset(JexlNode node) {
        if (node instanceof ASTReferenceExpression) {
            return offset(node.jjtGetChild(0)); // its own place is the closing bracket
        }
        var offset = node.jexlInfo().getColumn() - 1;
        if (!(node instanceof ASTIdentifierAccess access)) {
            return offset;
        }
        // JEXL gives the place of the token behind a property, and of one inside a number that of the number.
        var named = tokens.stream().filter(token -> token.is(written(access.getName()))).toList();
        return named.stream().filter(token -> token.from() < offset).reduce((a, b) -> b)
                .or(() -> named.stream().findFirst()).map(Token::from).orElse(offset);
    }

    /** A name as the text has it. */
    static String written(String name) {
        return name.equals(SIZE_INSIDE) ? SIZE : name;
    }

    private int start(JexlNode node) {
        var from = offset(node);
        for (var i = 0; i < node.jjtGetNumChildren(); i++) {
            from = Math.min(from, start(node.jjtGetChild(i)));
        }
        return from;
    }

    private int end(JexlNode node) {
        var from = offset(node);
        var end = from + lengthAt(from);
        for (var i = 0; i < node.jjtGetNumChildren(); i++) {
            end = Math.max(end, end(node.jjtGetChild(i)));
        }
        return end;
    }

    /** How long the token is that begins there; 1 where none does. */
    int lengthAt(int offset) {
        var token = byOffset.get(offset);
        return token == null ? 1 : token.length();
    }

    /** A stretch of the text. */
    record Place(int from, int length) {
        WrongExpression wrong(String message) {
            return new WrongExpression(Character.toUpperCase(message.charAt(0)) + message.substring(1), from, length);
        }
    }
}
