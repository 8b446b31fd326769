package dev.mailscope.ui.lab.edit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mailscope.server.expression.Known;
import dev.mailscope.server.expression.Proposals;

/** What may come next in a lab's text at a caret. */
final class LabCompletion {
    /**
     * Something that may come next.
     *
     * @param label what is offered
     * @param text  what is put in
     * @param from  the offset of the first character it replaces
     * @param to    the offset behind the last character it replaces
     * @param caret where the caret stands afterwards
     */
    record Offer(String label, String text, int from, int to, int caret) {
    }

    private static final Pattern DECLARED = Pattern.compile("^(account|folder|device)\\s+(\"[^\"]*\"|\\S+)"
            + "(?:\\s+(\"[^\"]*\"|\\S+))?");
    private static final List<String> FENCES = List.of("setup", "do", "check", "predict", "predict number", "quiz single",
            "quiz multiple", "quiz text", "quiz number", "quiz order", "hint");

    private final int caret;
    private final LabOutline.Line line;
    private final String before;
    private final Set<String> accounts = new LinkedHashSet<>();
    private final Set<String> folders = new LinkedHashSet<>(List.of("INBOX"));
    private final Set<String> devices = new LinkedHashSet<>();
    private final List<Offer> offers = new ArrayList<>();

    private LabCompletion(String text, int caret) {
        this.caret = caret;
        var outline = LabOutline.of(text);
        line = outline.at(caret);
        before = line.text().substring(0, Math.min(line.text().length(), caret - line.offset()));
        for (var each : outline.lines()) {
            var declared = DECLARED.matcher(each.text());
            if (each.kind() == LabOutline.Kind.INSIDE && declared.find() && each != line) {
                switch (declared.group(1)) {
                    case "account" -> accounts.add(declared.group(2));
                    case "folder" -> {
                        if (declared.group(3) != null) {
                            folders.add(declared.group(3));
                        }
                    }
                    default -> devices.add(declared.group(2));
                }
            }
        }
    }

    /** What may come next, the likeliest first. */
    static List<Offer> at(String text, int caret) {
        var completion = new LabCompletion(text, caret);
        completion.collect();
        return List.copyOf(completion.offers);
    }

    private void collect() {
        var ticks = before.strip();
        if (line.kind() == LabOutline.Kind.FENCE && ticks.startsWith("```")) {
            var word = ticks.substring(3).stripLeading();
            FENCES.stream().filter(fence -> fence.startsWith(word)).forEach(fence -> put(fence, fence, word.length()));
        } else if (line.kind() == LabOutline.Kind.INSIDE) {
            inside();
        } else if (line.kind() == LabOutline.Kind.TEXT && (before.isBlank() || "```".startsWith(ticks))) {
            FENCES.forEach(fence -> block(fence, ticks.length()));
        }
    }

    private void inside() {
        var expression = line.expression();
        if (expression >= 0 && before.length() >= expression) {
            condition(expression);
            return;
        }
        if (line.word().equals("setup") || line.word().equals("do")) {
            command();
        }
    }

    private void condition(int from) {
        var known = new Known();
        known.add(bare(accounts), bare(folders), bare(devices));
        var start = line.offset() + from;
        var word = before.substring(from).replaceFirst(".*?(\\w*)$", "$1");
        if (!word.isEmpty() && "step".startsWith(word)) {
            put("step \u2013 the number of the last event before the step", "step", word.length());
        }
        for (var proposal : Proposals.at(line.text().substring(from), before.length() - from, known)) {
            offers.add(new Offer(proposal.explanation().isEmpty() ? proposal.label()
                    : proposal.label() + " \u2013 " + proposal.explanation(), proposal.text(), start + proposal.from(),
                    start + proposal.to(), start + proposal.caret()));
        }
    }

    private void command() {
        var words = before.split("\\s+", -1);
        var last = words[words.length - 1];
        var next = switch (words.length) {
            case 1 -> List.of("account ", "folder ", "mail ", "device ");
            case 2 -> switch (words[0]) {
                case "folder", "mail" -> List.copyOf(accounts);
                case "device" -> List.copyOf(devices);
                default -> List.<String>of();
            };
            case 3 -> switch (words[0]) {
                case "mail" -> List.copyOf(folders);
                case "device" -> List.of("pop3 ", "imap ", "synchronise", "online", "offline");
                default -> List.<String>of();
            };
            case 4 -> switch (words[2]) {
                case "pop3" -> List.of("delete ", "keep ");
                case "imap" -> List.of("full ", "condstore ", "qresync ");
                default -> words[0].equals("mail") ? List.of("\\Seen", "\\Flagged", "\\Answered", "\\Draft", "\\Deleted")
                        : List.<String>of();
            };
            case 5 -> words[0].equals("device") ? List.copyOf(accounts) : List.<String>of();
            default -> words[0].equals("device") ? words[2].equals("imap") ? List.of("idle")
                    : List.of("leave ", "delete-there") : List.<String>of();
        };
        next.stream().filter(each -> each.startsWith(last)).forEach(each -> put(each.strip(), each, last.length()));
    }

    private void put(String label, String word, int typed) {
        offers.add(new Offer(label, word, caret - typed, caret, caret - typed + word.length()));
    }

    private void block(String fence, int typed) {
        var inside = switch (fence) {
            case "setup" -> "account alice secret\nmail alice INBOX\n  Subject: Hello\n\n  Text";
            case "do" -> "mail alice INBOX\n  Subject: Hello\n\n  Text";
            case "check" -> "The INBOX is empty: messages('alice', 'INBOX') == 0";
            case "predict" -> "What will happen?\n- It goes: messages('alice', 'INBOX') == 0\n"
                    + "- It stays: messages('alice', 'INBOX') > 0\n> Why";
            case "predict number" -> "How many mails will there be?\n= messages('alice', 'INBOX')\n> Why";
            case "quiz single", "quiz multiple" -> "Question?\n- [x] right\n- [ ] wrong\n> Why";
            case "quiz text" -> "Question?\n= answer\n> Why";
            case "quiz number" -> "Question?\n= 1\n> Why";
            case "quiz order" -> "Put these in order.\n1. first\n2. second\n> Why";
            default -> "Look there.";
        };
        var whole = "```" + fence + "\n" + inside + "\n```\n";
        offers.add(new Offer("```" + fence, whole, caret - typed, caret,
                caret - typed + whole.indexOf('\n') + 1));
    }

    private static List<String> bare(Set<String> names) {
        return names.stream().map(name -> name.replace("\"", "")).toList();
    }
}
