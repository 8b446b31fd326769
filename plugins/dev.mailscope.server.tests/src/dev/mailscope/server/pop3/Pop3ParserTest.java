package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.pop3.Parsed.NotUnderstood;
import dev.mailscope.server.pop3.Parsed.Secret;
import dev.mailscope.server.pop3.Parsed.Understood;

class Pop3ParserTest {
    private static final long SEED = 20260101;

    @Test
    void whatIsPrintedIsParsedBack() {
        var random = new Random(SEED);
        for (var round = 0; round < 20_000; round++) {
            var command = anyCommand(random);
            var line = (print(command) + (random.nextBoolean() ? "\r\n" : "\n")).getBytes(StandardCharsets.UTF_8);
            var parsed = Pop3Parser.parse(line, random.nextBoolean());
            assertEquals(command, assertInstanceOf(Understood.class, parsed, () -> print(command)).command());
        }
    }

    @Test
    void verbsAreTakenInAnyCase() {
        assertEquals(new Pop3Command.Stat(), command("sTaT"));
        assertEquals(new Pop3Command.List(OptionalInt.of(7)), command("list 7"));
    }

    @Test
    void theLettersOfVerbsAreAsciiLetters() {
        // U+017F turns into S when it is made upper case, U+0131 into I.
        assertInstanceOf(NotUnderstood.class, parse("\u017FTAT", true));
        assertInstanceOf(NotUnderstood.class, parse("L\u0131ST", true));
    }

    @Test
    void numbersMayHaveLeadingZeros() {
        assertEquals(new Pop3Command.Retr(7), command("RETR 0007"));
        assertEquals(new Pop3Command.Top(10, 0), command("TOP 00000000010 000"));
    }

    @Test
    void theLineMayComeWithoutItsEnd() {
        assertEquals(new Pop3Command.Noop(), command("NOOP"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', ignoreLeadingAndTrailingWhitespace = false, value = {
        "\"\"|0|",
        "XYZ|0|",
        " STAT|0|",
        "LISTS|4|LIST",
        "STATS|0|",
        "STAT |5|STAT",
        "STAT 1|5|STAT",
        "LIST 1 2|7|LIST",
        "LIST  1|5|LIST",
        "LIST 1x|6|LIST",
        "LIST 0|5|LIST",
        "RETR|4|RETR",
        "RETR 12345678901|5|RETR",
        "TOP 1|5|TOP",
        "TOP 1 x|6|TOP",
        "TOP 00 1|4|TOP",
        "UTF8 on|5|UTF8",
        "LANG de_AT|5|LANG",
        "LANG de fr|8|LANG",
        "LANG\tde|4|LANG",
        "USER a\tb|6|USER",
        "PASS|4|PASS",
        "PASS |5|PASS",
        "APOP a|6|APOP",
        "APOP a b c|9|APOP"})
    void aProblemSaysWhereItIs(String line, int offset, String verb) {
        var problem = assertInstanceOf(NotUnderstood.class, parse(line, true));
        assertEquals(offset, problem.offset(), problem.problem());
        assertEquals(verb, problem.verb() == null ? null : problem.verb().name());
    }

    @Test
    void aPasswordIsSecretToTheEndOfTheLine() {
        assertEquals(new Secret(5, 15), parse("PASS open sesam\r\n", false).secret());
        assertEquals(new Secret(5, 11), parse("pass secret", true).secret());
        assertEquals(new Secret(4, 10), parse("PASSsecret", true).secret());
        assertEquals(new Secret(4, 11), parse("PASS\tsecret\r\n", true).secret());
    }

    @Test
    void anApopDigestIsSecretAndItsNameIsNot() {
        assertEquals(new Secret(11, 17), parse("APOP alice secret\r\n", false).secret());
        assertEquals(new Secret(5, 22), parse("APOP alice secret more\r\n", true).secret());
    }

    @Test
    void beforeLoginALineThatIsNotUnderstoodShowsItsVerbAtMost() {
        assertEquals(new Secret(0, 10), parse("PSS secret\r\n", false).secret());
        assertEquals(new Secret(5, 17), parse("USER alice secret\r\n", false).secret());
        assertEquals(new Secret(0, 12), parse(" PASS secret\r\n", false).secret());
        assertEquals(Secret.NONE, parse("PSS secret\r\n", true).secret());
    }

    @Test
    void whatIsUnderstoodAndNoPasswordIsShown() {
        assertEquals(Secret.NONE, parse("USER alice\r\n", false).secret());
        assertEquals(Secret.NONE, parse("RETR 1\r\n", false).secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASS swordfish", "APOP alice swordfish"})
    void noCommandShowsItsSecretWhenPrinted(String line) {
        assertFalse(parse(line, false).toString().contains("swordfish"));
    }

    @Test
    void anyOctetsAreParsedAndNeverQuoted() {
        var random = new Random(SEED);
        for (var round = 0; round < 50_000; round++) {
            var line = hostileLine(random);
            var loggedIn = random.nextBoolean();
            var parsed = Pop3Parser.parse(line, loggedIn);
            var secret = parsed.secret();
            assertTrue(0 <= secret.from() && secret.from() <= secret.to() && secret.to() <= line.length);
            if (parsed instanceof NotUnderstood(var verb, var problem, var offset, var hidden)) {
                assertTrue(problem.chars().allMatch(c -> c >= 0x20 && c < 0x7F) && problem.endsWith("."), problem);
                assertTrue(offset >= 0 && offset <= line.length, problem);
            }
            assertEquals(parsed.toString(), Pop3Parser.parse(line, loggedIn).toString());
        }
    }

    static byte[] hostileLine(Random random) {
        var line = new byte[random.nextInt(40)];
        random.nextBytes(line);
        for (var i = 0; i < line.length; i++) {
            // Few octets, so that commands come about now and then.
            line[i] = random.nextInt(8) == 0 ? line[i] : (byte) " \t0129AZaz.\r".charAt(random.nextInt(12));
        }
        var verbs = Pop3Verb.values();
        var start = verbs[random.nextInt(verbs.length)].name() + (random.nextBoolean() ? " " : "");
        System.arraycopy(start.getBytes(StandardCharsets.US_ASCII), 0, line, 0, Math.min(start.length(), line.length));
        return line;
    }

    private static Parsed parse(String line, boolean loggedIn) {
        return Pop3Parser.parse(line.getBytes(StandardCharsets.UTF_8), loggedIn);
    }

    private static Pop3Command command(String line) {
        return assertInstanceOf(Understood.class, parse(line, true)).command();
    }

    private static Pop3Command anyCommand(Random random) {
        var number = 1 + random.nextInt(random.nextBoolean() ? 9 : 999_999_999);
        var optional = random.nextBoolean() ? OptionalInt.of(number) : OptionalInt.empty();
        var verbs = Pop3Verb.values();
        return switch (verbs[random.nextInt(verbs.length)]) {
            case CAPA -> new Pop3Command.Capa();
            case USER -> new Pop3Command.User(word(random));
            case PASS -> new Pop3Command.Pass(random.nextBoolean() ? word(random) : " " + word(random) + "  x ");
            case APOP -> new Pop3Command.Apop(word(random), word(random));
            case AUTH -> switch (random.nextInt(3)) {
                case 0 -> new Pop3Command.Mechanisms();
                case 1 -> new Pop3Command.Auth("CRAM-MD5", null);
                default -> new Pop3Command.Auth("plain", random.nextBoolean() ? new byte[0]
                        : word(random).getBytes(StandardCharsets.UTF_8));
            };
            case STLS -> new Pop3Command.Stls();
            case UTF8 -> new Pop3Command.Utf8();
            case LANG -> new Pop3Command.Lang(List.of(Optional.<String>empty(), Optional.of("*"), Optional.of("de"),
                    Optional.of("zh-Hant-TW"), Optional.of("i-default")).get(random.nextInt(5)));
            case QUIT -> new Pop3Command.Quit();
            case STAT -> new Pop3Command.Stat();
            case LIST -> new Pop3Command.List(optional);
            case RETR -> new Pop3Command.Retr(number);
            case DELE -> new Pop3Command.Dele(number);
            case NOOP -> new Pop3Command.Noop();
            case RSET -> new Pop3Command.Rset();
            case TOP -> new Pop3Command.Top(number, random.nextInt(1000));
            case UIDL -> new Pop3Command.Uidl(optional);
        };
    }

    private static String word(Random random) {
        return random.ints(1 + random.nextInt(20), 0, 5).collect(StringBuilder::new,
                (word, i) -> word.append(new String[] {"a", "\u00FC", "\u20AC", "\uD83D\uDE00", "~"}[i]),
                StringBuilder::append).toString();
    }

    private static String print(Pop3Command command) {
        var arguments = switch (command) {
            case Pop3Command.User(var name) -> " " + name;
            case Pop3Command.Pass(var password) -> " " + password;
            case Pop3Command.Apop(var name, var digest) -> " " + name + " " + digest;
            case Pop3Command.Mechanisms m -> "";
            case Pop3Command.Auth(var mechanism, var response) -> " " + mechanism + (response == null ? ""
                    : response.length == 0 ? " =" : " " + Base64.getEncoder().encodeToString(response));
            case Pop3Command.SaslResponse r -> throw new IllegalStateException("no line is taken for one");
            case Pop3Command.Stls s -> "";
            case Pop3Command.List(var message) -> optional(message);
            case Pop3Command.Uidl(var message) -> optional(message);
            case Pop3Command.Retr(var message) -> " " + message;
            case Pop3Command.Dele(var message) -> " " + message;
            case Pop3Command.Top(var message, var lines) -> " " + message + " " + lines;
            case Pop3Command.Lang(var range) -> range.map(" "::concat).orElse("");
            case Pop3Command.Utf8 u -> "";
            case Pop3Command.Capa c -> "";
            case Pop3Command.Quit q -> "";
            case Pop3Command.Stat s -> "";
            case Pop3Command.Noop n -> "";
            case Pop3Command.Rset r -> "";
        };
        return command.verb() + arguments;
    }

    private static String optional(OptionalInt message) {
        return message.isPresent() ? " " + message.getAsInt() : "";
    }
}
