package dev.mailscope.lab.play;

import java.util.List;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.run.Reply;

/** One line of a solution. */
sealed interface Line {
    /** The line it is on, from 1. */
    int line();

    /** The step that is worked at ends, and the next one begins once all is predicted. */
    record Step(int line) implements Line {
    }

    /** The next prediction of the step; with numbers from 1 instead of texts where things are put in order. */
    record Predict(int line, Reply reply) implements Line {
    }

    /** The answer to the next question of the step. */
    record Answer(int line, Reply reply) implements Line {
    }

    /** The answer to a question that asks for an order: the places, in the lab's listing, from 1. */
    record InOrder(int line, List<Integer> places) implements Line {
    }

    /** A hint is asked for. */
    record Hint(int line) implements Line {
    }

    /** A device is brought in step. */
    record Synchronise(int line, String device) implements Line {
    }

    /** A device gets a network, or loses it. */
    record Network(int line, String device, boolean online) implements Line {
    }

    /** Something is done on a device. */
    record Perform(int line, String device, Action action) implements Line {
    }

    /** A session is opened: {@code imap} or {@code pop3}. */
    record Open(int line, String session, String protocol) implements Line {
    }

    /** A line is sent; what comes back is waited for. */
    record Send(int line, String session, String text) implements Line {
    }

    /** What came back since the last line was sent, or comes now without being asked for, has that text in it. */
    record Expect(int line, String session, String text) implements Line {
    }

    /** The line is cut, without a farewell. */
    record Cut(int line, String session) implements Line {
    }

    /** Waits until that is so. */
    record Await(int line, String condition) implements Line {
    }
}
