package dev.mailscope.lab.run;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.mailscope.lab.pack.Block;

/** What a student replies to a question or predicts. */
public sealed interface Reply {
    /** These choices, by their index from 0. */
    record Chosen(Set<Integer> choices) implements Reply {
        /** Keeps its own copy. */
        public Chosen {
            choices = Set.copyOf(choices);
        }

        /** A single choice. */
        public static Chosen of(int choice) {
            return new Chosen(Set.of(choice));
        }
    }

    /** Text, or a number as it was written. */
    record Written(String text) implements Reply {
    }

    /** The things in the order the student has put them in. */
    record Ordered(List<String> items) implements Reply {
        /** Keeps its own copy. */
        public Ordered {
            items = List.copyOf(items);
        }
    }

    /** True when it is right. */
    default boolean isRight(Block.Answer answer) {
        return switch (answer) {
            case Block.Choice choice -> this instanceof Chosen(var choices) && choices.equals(choice.right());
            case Block.FreeText text -> this instanceof Written(var given)
                    && text.right().stream().anyMatch(right -> plain(right).equals(plain(given)));
            case Block.WholeNumber(var right) -> number() == right && isNumber();
            case Block.Order(var right) -> this instanceof Ordered(var items) && items.equals(right);
        };
    }

    /** Why this cannot be a reply to that, in words; empty when it can. */
    default String objection(Block.Answer answer) {
        return switch (answer) {
            case Block.Choice choice -> ofChoices(choice.choices().size(), choice.several());
            case Block.FreeText text -> this instanceof Written(var given) && !given.isBlank() ? ""
                    : "A text is asked for.";
            case Block.WholeNumber number -> isNumber() ? "" : "A whole number is asked for.";
            case Block.Order(var right) -> this instanceof Ordered(var items) && items.size() == right.size()
                    && Set.copyOf(items).equals(Set.copyOf(right)) ? "" : "All things must be put in order.";
        };
    }

    /** The same for a prediction. */
    default String objection(Block.Outcome outcome) {
        return switch (outcome) {
            case Block.OneOf one -> ofChoices(one.choices().size(), false);
            case Block.Amount amount -> isNumber() ? "" : "A whole number is asked for.";
        };
    }

    /** True when it is a whole number. */
    default boolean isNumber() {
        return this instanceof Written(var text) && text.strip().matches("-?\\d{1,18}");
    }

    /** The number it is; 0 when it is none. */
    default long number() {
        return isNumber() && this instanceof Written(var text) ? Long.parseLong(text.strip()) : 0;
    }

    private String ofChoices(int most, boolean several) {
        if (!(this instanceof Chosen(var choices))) {
            return "A choice is asked for.";
        }
        if (!several && choices.size() != 1) {
            return "Exactly one choice is asked for.";
        }
        return choices.stream().allMatch(choice -> choice >= 0 && choice < most) ? "" : "There is no such choice.";
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
