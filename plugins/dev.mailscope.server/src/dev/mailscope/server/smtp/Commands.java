package dev.mailscope.server.smtp;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.CommandException;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * The library's commands, each behind a check of what the library takes too lightly: verbs and arguments (RFC 5321
 * section 4.1.1), parameters (RFC 1870, RFC 6152, RFC 6531, RFC 4954) and their order (section 4.1.4).
 */
final class Commands {
    private static final System.Logger LOG = System.getLogger(Commands.class.getName());
    // The library knows more, which we leave out: they are not whole.
    private static final List<String> CHECKED = List.of("HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY",
            "EXPN", "HELP", "AUTH", "STARTTLS");
    // "MAIL FROM:" Reverse-path [SP Mail-parameters]; many clients put a space before the path.
    private static final Pattern PATH = Pattern.compile("(?i:FROM|TO): ?(?<path><(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\">])*>)"
            + "(?<parameters>(?: [A-Za-z0-9][A-Za-z0-9-]*(?:=[^\\s=\\p{Cntrl}]+)?)*)");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,20}");
    // auth-command = "AUTH" SP sasl-mech [SP initial-response]
    private static final Pattern AUTH = Pattern.compile("[A-Za-z0-9_-]{1,20}(?: [A-Za-z0-9+/=]+)?");

    private final SMTPServer server;
    private final OpenSessions sessions;
    private final Auth auth;

    private Commands(SMTPServer server, OpenSessions sessions, Auth auth) {
        this.server = server;
        this.sessions = sessions;
        this.auth = auth;
    }

    /** Puts the checked commands in place of a server's own. */
    static void install(SMTPServer server, OpenSessions sessions, Auth auth) {
        var commands = new Commands(server, sessions, auth);
        var handler = server.getCommandHandler();
        for (var verb : CHECKED) {
            handler.addCommand(commands.new Checked(handler.getCommand(verb)));
        }
        handler.addCommand(commands.new Ehlo(handler.getCommand("EHLO")));
        handler.addCommand(new NotOffered(handler.getCommand("BDAT")));
    }

    /** What is wrong with a command, as a response; null when nothing is. */
    private String problem(String verb, String arguments, Session session) {
        return switch (verb) {
            case "HELO" -> arguments.isEmpty() || arguments.indexOf(' ') >= 0
                    ? "501 5.5.4 HELO takes one argument, the client's name." : null;
            case "MAIL" -> mail(arguments, session);
            case "RCPT" -> recipient(arguments);
            case "DATA", "RSET", "QUIT", "STARTTLS" -> arguments.isEmpty() ? null
                    : "501 5.5.4 " + verb + " takes no argument.";
            case "AUTH" -> auth(arguments, session);
            default -> null;
        };
    }

    private String mail(String arguments, Session session) {
        if (session.getHelo().isEmpty()) {
            return "503 5.5.1 EHLO comes first.";
        }
        var match = PATH.matcher(arguments);
        if (!arguments.regionMatches(true, 0, "FROM:", 0, 5) || !match.matches()) {
            return "501 5.5.4 MAIL is written MAIL FROM:<address>, and parameters after it.";
        }
        var utf8 = false;
        for (var parameter : match.group("parameters").strip().split(" ")) {
            var name = parameter.split("=")[0].toUpperCase(Locale.ROOT);
            var value = parameter.contains("=") ? parameter.substring(parameter.indexOf('=') + 1) : "";
            var problem = switch (name) {
                case "", "AUTH" -> null;
                case "SIZE" -> size(value);
                case "BODY" -> value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME") ? null
                        : "501 5.5.4 BODY is 7BIT or 8BITMIME.";
                case "SMTPUTF8" -> value.isEmpty() ? null : "501 5.5.4 SMTPUTF8 takes no value.";
                default -> "555 5.5.4 MAIL has the parameters SIZE, BODY, SMTPUTF8 and AUTH here, and no other.";
            };
            if (problem != null) {
                return problem;
            }
            utf8 |= name.equals("SMTPUTF8");
        }
        var path = match.group("path");
        if (!path.equals("<>") && Mailbox.parse(path).isEmpty()) {
            return "553 5.1.7 The sender is no address.";
        }
        return utf8 || path.chars().allMatch(c -> c < 0x80) ? null
                : "553 5.6.7 An address that is not ASCII needs the parameter SMTPUTF8.";
    }

    private String size(String value) {
        if (!SIZE.matcher(value).matches()) {
            return "501 5.5.4 SIZE is a number of octets.";
        }
        // Twenty digits do not fit into a long.
        return value.length() > 10 || Long.parseLong(value) > server.getMaxMessageSize()
                ? "552 5.3.4 The message is larger than " + server.getMaxMessageSize() + " octets." : null;
    }

    private static String recipient(String arguments) {
        var match = PATH.matcher(arguments);
        if (!arguments.regionMatches(true, 0, "TO:", 0, 3) || !match.matches()) {
            return "501 5.5.4 RCPT is written RCPT TO:<address>.";
        }
        if (!match.group("parameters").isEmpty()) {
            return "555 5.5.4 RCPT has no parameters here.";
        }
        return Mailbox.parse(match.group("path")).isEmpty() ? "553 5.1.3 The recipient is no address." : null;
    }

    private static String auth(String arguments, Session session) {
        if (session.isMailTransactionInProgress()) {
            return "503 5.5.1 AUTH does not belong into a mail transaction.";
        }
        return AUTH.matcher(arguments).matches() ? null
                : "501 5.5.4 AUTH takes a SASL mechanism and at most one initial response, in base64.";
    }

    /** A command of the library behind the check. */
    private final class Checked implements Command {
        private final Command command;

        Checked(Command command) {
            this.command = command;
        }

        @Override
        public void execute(String line, Session session) throws IOException, DropConnectionException {
            var text = line.stripTrailing();
            var end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
            if (!text.substring(0, end).equalsIgnoreCase(getName())) {
                session.sendResponse("500 5.5.1 This is no SMTP command.");
                return;
            }
            try {
                var problem = problem(getName(), text.substring(Math.min(text.length(), end + 1)), session);
                if (problem != null) {
                    session.sendResponse(problem);
                    return;
                }
                command.execute(text, session);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "SMTP failed at " + getName(), e);
                session.resetMailTransaction();
                session.sendResponse("451 4.3.0 The server failed at this command.");
            }
            if (getName().equals("HELO")) {
                sessions.greeted(session, false);
            }
        }

        @Override
        public HelpMessage getHelp() throws CommandException {
            return command.getHelp();
        }

        @Override
        public String getName() {
            return command.getName();
        }
    }

    /** EHLO (RFC 5321 section 4.1.1.1), with the extensions that are whole. */
    private final class Ehlo implements Command {
        private final Command original;

        Ehlo(Command original) {
            this.original = original;
        }

        @Override
        public void execute(String line, Session session) throws IOException {
            var words = line.strip().split(" ");
            if (words.length != 2 || !words[0].equalsIgnoreCase("EHLO")) {
                session.sendResponse("501 5.5.4 EHLO takes one argument, the client's name.");
                return;
            }
            session.resetMailTransaction();
            session.setHelo(words[1]);
            sessions.greeted(session, true);
            var mechanisms = auth.offered(session.isTLSStarted());
            session.sendResponse("250-" + server.getHostName()
                    + "\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                    + (session.isTLSStarted() ? "" : "250-STARTTLS\r\n")
                    + (mechanisms.isEmpty() ? "" : "250-AUTH " + String.join(" ", mechanisms) + "\r\n")
                    + "250 SIZE " + server.getMaxMessageSize());
        }

        @Override
        public HelpMessage getHelp() throws CommandException {
            return original.getHelp();
        }

        @Override
        public String getName() {
            return "EHLO";
        }
    }

    /** BDAT (RFC 3030): EHLO does not offer it, and what would follow it must not be taken for commands. */
    private record NotOffered(Command original) implements Command {
        @Override
        public void execute(String line, Session session) throws DropConnectionException {
            throw new DropConnectionException(502, "5.5.1 There is no CHUNKING here, and so no BDAT: goodbye.");
        }

        @Override
        public HelpMessage getHelp() throws CommandException {
            return original.getHelp();
        }

        @Override
        public String getName() {
            return "BDAT";
        }
    }
}
