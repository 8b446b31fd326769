package dev.mailscope.ui.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.mailscope.ui.Counted;

/**
 * What to offer in the command line: the commands that are legal in the current phase and no others, and then what can
 * follow the verb, as far as the moment that the session is in tells it.
 */
final class CommandProposals {
    private static final String ALL_MESSAGES = "1:*";

    private final Protocol protocol;
    private final String phase;
    private final Known known;
    private final String line;
    private final List<Word> words;
    private final int at;
    private final int from;
    private final int to;

    private CommandProposals(Protocol protocol, String phase, Known known, String line, int caret) {
        this.protocol = protocol;
        this.phase = phase;
        this.known = known;
        this.line = line;
        var all = Word.of(line);
        var first = hasTag(all, caret) ? 1 : 0;
        words = all.subList(first, all.size());
        var index = 0;
        while (index < words.size() && words.get(index).end() < caret) {
            index++;
        }
        at = index;
        var onWord = index < words.size() && words.get(index).start() <= caret;
        from = onWord ? words.get(index).start() : caret;
        to = onWord ? words.get(index).end() : caret;
    }

    /** What to offer for a line with the caret before that character. */
    static List<CommandProposal> at(Protocol protocol, String phase, Known known, String line, int caret) {
        return new CommandProposals(protocol, phase, known, line, caret).offered();
    }

    private boolean hasTag(List<Word> all, int caret) {
        return protocol == Protocol.IMAP && !all.isEmpty() && all.getFirst().end() < caret
                && !Commands.isVerb(protocol, all.getFirst().text());
    }

    private List<CommandProposal> offered() {
        var uid = word(0).equals("UID");
        if (at == 0 || uid && at == 1) {
            return verbs();
        }
        var verb = uid ? "UID " + word(1) : word(0);
        if (Commands.legalIn(protocol, phase).stream().noneMatch(command -> command.name().equals(verb))) {
            return List.of();
        }
        return switch (protocol) {
            case POP3 -> pop3(verb);
            case IMAP -> uid ? imap(word(1), at - 1, true) : imap(verb, at, false);
        };
    }

    private List<CommandProposal> verbs() {
        var start = at == 0 ? from : words.getFirst().start();
        var typed = line.substring(start, to).toUpperCase(Locale.ROOT);
        return Commands.legalIn(protocol, phase).stream().filter(command -> command.name().startsWith(typed))
                .map(command -> new CommandProposal(command.hasArguments() ? command.name() + ' ' : command.name(),
                        command.syntax(), command.explanation(), command.section(), true, start, to))
                .toList();
    }

    private List<CommandProposal> pop3(String verb) {
        return switch (verb) {
            case "USER" -> at == 1 ? texts(known.accounts(), Messages.CommandProposals_account) : List.of();
            case "RETR", "LIST", "UIDL", "TOP", "DELE" -> {
                if (at == 1) {
                    yield numbers(known.messages().stream().filter(message -> !message.marked()), false);
                }
                yield verb.equals("TOP") && at == 2 ? items(Argument.TOP) : List.of();
            }
            default -> List.of();
        };
    }

    private List<CommandProposal> imap(String verb, int argument, boolean uid) {
        return switch (verb) {
            case "LOGIN" -> argument == 1 ? texts(known.accounts(), Messages.CommandProposals_account) : List.of();
            case "AUTHENTICATE" -> argument == 1 ? items(Argument.MECHANISM) : List.of();
            case "SELECT", "EXAMINE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "APPEND" ->
                argument == 1 ? folders() : verb.equals("APPEND") && argument == 2 ? items(Argument.FLAGS) : List.of();
            case "STATUS" -> argument == 1 ? folders() : argument == 2 ? items(Argument.STATUS) : List.of();
            case "LIST", "LSUB" -> argument == 1 ? items(Argument.REFERENCE)
                    : argument == 2 ? items(Argument.PATTERN) : List.of();
            case "COPY", "MOVE" -> argument == 1 ? sequence(uid) : argument == 2 ? folders() : List.of();
            case "FETCH" -> argument == 1 ? sequence(uid) : argument == 2 ? items(Argument.FETCH) : List.of();
            case "STORE" -> argument == 1 ? sequence(uid) : argument == 2 ? items(Argument.STORE)
                    : argument == 3 ? items(Argument.FLAGS) : List.of();
            case "SEARCH" -> items(Argument.SEARCH);
            case "EXPUNGE" -> uid && argument == 1 ? sequence(true) : List.of();
            default -> List.of();
        };
    }

    private List<CommandProposal> sequence(boolean uid) {
        var proposals = new ArrayList<CommandProposal>();
        if (fits(ALL_MESSAGES) && !known.messages().isEmpty()) {
            proposals.add(argument(ALL_MESSAGES, ALL_MESSAGES, Messages.CommandProposals_allMessages));
        }
        proposals.addAll(numbers(known.messages().stream(), uid));
        return proposals;
    }

    private List<CommandProposal> numbers(Stream<Known.Message> messages, boolean uid) {
        return messages.filter(message -> fits(Long.toString(uid ? message.uid() : message.number())))
                .limit(Known.MOST).map(message -> {
                    var number = Long.toString(uid ? message.uid() : message.number());
                    return argument(number, (number + "  " + message.summary()).strip(),
                            Counted.text(uid ? Messages.CommandProposals_messageByUid
                                    : Messages.CommandProposals_message, Integer.toString(message.number()),
                                    Long.toString(message.uid()), message.octets()));
                }).toList();
    }

    private List<CommandProposal> folders() {
        return texts(known.folders(), Messages.CommandProposals_folder);
    }

    private List<CommandProposal> texts(List<String> texts, String explanation) {
        return texts.stream().filter(this::fits).map(text -> argument(text, text, explanation)).toList();
    }

    private List<CommandProposal> items(Argument argument) {
        return argument.items().stream().filter(item -> fits(item.text()))
                .map(item -> new CommandProposal(item.text(), item.text(), item.explanation(), item.section(), false,
                        from, to))
                .toList();
    }

    private CommandProposal argument(String text, String label, String explanation) {
        return new CommandProposal(text, label, explanation, "", false, from, to);
    }

    /** True when the text begins with what is typed; an opening parenthesis or quotation mark may be left out. */
    private boolean fits(String text) {
        var typed = line.substring(from, to).toUpperCase(Locale.ROOT);
        var candidate = text.toUpperCase(Locale.ROOT);
        return candidate.startsWith(typed)
                || (candidate.startsWith("(") || candidate.startsWith("\"")) && candidate.startsWith(typed, 1);
    }

    private String word(int index) {
        return index < words.size() ? words.get(index).text().toUpperCase(Locale.ROOT) : "";
    }
}
