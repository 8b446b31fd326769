package dev.mailscope.lab.pack;

import java.util.List;
import java.util.Set;

/** A part of a step. */
public sealed interface Block {
    /** The line it begins on, from 1. */
    int line();

    /** True when a point can be had for it. */
    default boolean counts() {
        return switch (this) {
            case Check c -> true;
            case Question q -> true;
            case Prediction p -> true;
            case Text t -> false;
            case Hint h -> false;
            case Doing d -> false;
        };
    }

    /** What is read, as Markdown. */
    record Text(int line, String markdown) implements Block {
    }

    /**
     * Something that must be so at the end of the step, or must have happened in it.
     *
     * @param says      what it is, for the student
     * @param condition what is asked of the last event of the step
     */
    record Check(int line, String says, Condition condition) implements Block {
    }

    /** A hint, shown when it is asked for, as Markdown. */
    record Hint(int line, String markdown) implements Block {
    }

    /** What the lab itself does as the step begins. */
    record Doing(int line, List<SetupCommand> commands) implements Block {
        /** Keeps its own copy of the commands. */
        public Doing {
            commands = List.copyOf(commands);
        }
    }

    /**
     * A question.
     *
     * @param asks    the question, as Markdown
     * @param answer  what is asked for, and what is right
     * @param because why, shown after it is answered, as Markdown; may be empty
     */
    record Question(int line, String asks, Answer answer, String because) implements Block {
    }

    /**
     * A question about what will happen, asked before, and compared with what has really happened.
     *
     * @param asks    the question, as Markdown
     * @param outcome what can be answered
     * @param because why, shown after it has happened, as Markdown; may be empty
     */
    record Prediction(int line, String asks, Outcome outcome, String because) implements Block {
    }

    /** What can be predicted. */
    sealed interface Outcome {
    }

    /** One of several things; right is one whose condition holds at the end of the step. */
    record OneOf(List<String> choices, List<Condition> conditions) implements Outcome {
        /** Keeps its own copies. */
        public OneOf {
            choices = List.copyOf(choices);
            conditions = List.copyOf(conditions);
        }
    }

    /** A whole number, which something has at the end of the step. */
    record Amount(Condition.Number number) implements Outcome {
    }

    /** What is asked for. */
    sealed interface Answer {
    }

    /** One of several, or any number of them. */
    record Choice(List<String> choices, Set<Integer> right, boolean several) implements Answer {
        /** Keeps its own copies. */
        public Choice {
            choices = List.copyOf(choices);
            right = Set.copyOf(right);
        }
    }

    /** Free text: any of these is right, in capitals or not, whatever the spaces. */
    record FreeText(List<String> right) implements Answer {
        /** Keeps its own copy. */
        public FreeText {
            right = List.copyOf(right);
        }
    }

    /** A whole number. */
    record WholeNumber(long right) implements Answer {
    }

    /** Things to be put in order; they are listed in the right one. */
    record Order(List<String> right) implements Answer {
        /** Keeps its own copy. */
        public Order {
            right = List.copyOf(right);
        }
    }
}
