package dev.mailscope.ui.lab.edit;

import java.util.regex.Pattern;

import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITypedRegion;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.TextPresentation;
import org.eclipse.jface.text.presentation.IPresentationDamager;
import org.eclipse.jface.text.presentation.IPresentationRepairer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;

import dev.mailscope.ui.Tone;
import dev.mailscope.ui.Tones;

/** Colours a lab's text: headings, the lab's blocks, their commands and conditions. */
final class LabColours implements IPresentationDamager, IPresentationRepairer {
    private static final Pattern STRING = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern COMMAND = Pattern.compile("^(account|folder|mail|device)\\b");

    private final Tones tones;
    private IDocument document;

    LabColours(Tones tones) {
        this.tones = tones;
    }

    @Override
    public void setDocument(IDocument now) {
        document = now;
    }

    @Override
    public IRegion getDamageRegion(ITypedRegion partition, DocumentEvent event, boolean partitioningChanged) {
        // A fence changes all that follows; a lab is short.
        return new Region(0, document.getLength());
    }

    @Override
    public void createPresentation(TextPresentation presentation, ITypedRegion damage) {
        for (var line : LabOutline.of(document.get()).lines()) {
            switch (line.kind()) {
                case HEADING -> add(presentation, line, 0, line.text().length(), Tone.PHASE, SWT.BOLD);
                case FENCE -> add(presentation, line, 0, line.text().length(), Tone.CLIENT,
                        LabOutline.BLOCKS.contains(line.word()) ? SWT.BOLD : SWT.NORMAL);
                case INSIDE -> inside(presentation, line);
                case CODE -> add(presentation, line, 0, line.text().length(), Tone.SERVER, SWT.NORMAL);
                case TEXT -> {
                    // as it is
                }
            }
        }
    }

    private void inside(TextPresentation presentation, LabOutline.Line line) {
        var command = COMMAND.matcher(line.text());
        var setup = line.word().equals("setup") || line.word().equals("do");
        if (setup && command.find()) {
            add(presentation, line, 0, command.end(), Tone.CLIENT, SWT.NORMAL);
        }
        var from = line.expression();
        if (from >= 0) {
            var strings = STRING.matcher(line.text());
            var at = from;
            while (strings.find(at)) {
                add(presentation, line, at, strings.start() - at, Tone.CHANGE, SWT.NORMAL);
                add(presentation, line, strings.start(), strings.end() - strings.start(), Tone.SERVER, SWT.NORMAL);
                at = strings.end();
            }
            add(presentation, line, at, line.text().length() - at, Tone.CHANGE, SWT.NORMAL);
        }
    }

    private void add(TextPresentation presentation, LabOutline.Line line, int from, int length, Tone tone, int style) {
        if (length > 0) {
            presentation.addStyleRange(new StyleRange(line.offset() + from, length, tones.of(tone), null, style));
        }
    }
}
