package dev.mailscope.ui.diagram;

import org.eclipse.swt.graphics.Color;

import dev.mailscope.server.analysis.Dialogue.Line;
import dev.mailscope.server.analysis.Dialogue.Speaker;
import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/**
 * What a line of a conversation is written in.
 *
 * @param here  true for the line of the moment
 * @param later true for what comes after the moment
 */
record ConversationColours(Tones tones, boolean here, boolean later) {
    /** Of the letter that says who speaks. */
    Color ofMark(Line line) {
        return line.speaker() == Speaker.SERVER && !here && !later && !line.problem() ? tones.of(Tone.SERVER)
                : ofText(line);
    }

    /** Of what is said. */
    Color ofText(Line line) {
        if (here) {
            return tones.selectionText();
        }
        if (later) {
            return tones.pale();
        }
        if (line.problem()) {
            return tones.of(Tone.PROBLEM);
        }
        return switch (line.speaker()) {
            case CLIENT -> tones.of(Tone.CLIENT);
            case SERVER -> tones.foreground();
            case NOTE -> switch (line.topic()) {
                case CHANGE -> tones.of(Tone.CHANGE);
                case TOLD -> tones.of(Tone.SERVER);
                case HELD, FAULT -> tones.of(Tone.PROBLEM);
                case PHASE -> tones.of(Tone.PHASE);
                case null -> tones.of(Tone.PHASE);
            };
        };
    }
}
