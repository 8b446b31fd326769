package dev.mailscope.ui.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.ui.ViewFont;

/** What the view shows while no lab is worked at: what labs are, the shipped ones to begin; or why one cannot be. */
final class EmptyLab {
    private final Labs labs;
    private final ScrolledComposite scrolled;
    private final Composite page;
    private final Label text;
    private final Map<ShippedLabs.Shipped, Button> shipped = new LinkedHashMap<>();
    private final Button open;
    private final Button again;
    private final Button anew;

    EmptyLab(Composite parent, Labs labs) {
        this.labs = labs;
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        scrolled.setShowFocusedControl(true);
        page = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(16, 16).spacing(8, 8).applyTo(page);
        text = new Label(page, SWT.WRAP);
        AskedPart.wide(text);
        again = button(Messages.empty_again, () -> labs.open(labs.file().orElseThrow()));
        anew = button(Messages.empty_anew, labs::beginAnew);
        for (var lab : ShippedLabs.all()) {
            shipped.put(lab, button(lab.title().replace("&", "&&"), () -> lab.open(labs)));
        }
        open = button(Messages.empty_open, this::askForFile);
        scrolled.setContent(page);
        ViewFont.apply(page, ViewFont.TABLES, font -> {
            text.setFont(font);
            shipped.values().forEach(button -> button.setFont(font));
            List.of(again, anew, open).forEach(button -> button.setFont(font));
            fit();
        });
        scrolled.addListener(SWT.Resize, event -> fit());
    }

    Control control() {
        return scrolled;
    }

    void setFocus() {
        shipped.values().stream().findFirst().orElse(open).setFocus();
    }

    /** Shows why no lab is worked at. */
    void show() {
        var file = labs.file();
        String words;
        if (file.isEmpty()) {
            words = Messages.empty_text;
        } else if (labs.isBusy()) {
            words = NLS.bind(Messages.empty_opening, file.get().getFileName());
        } else if (!labs.problems().isEmpty()) {
            words = NLS.bind(Messages.empty_wrong, file.get(), LabView.words(labs.problems()));
        } else {
            words = NLS.bind(Messages.empty_failed, file.get(), labs.problem());
        }
        text.setText(words.replace("&", "&&"));
        if (labs.run().isEmpty()) {
            markBegun();
        }
        AskedPart.visible(again, file.isPresent() && !labs.isBusy());
        AskedPart.visible(anew, file.isPresent() && !labs.isBusy() && labs.isAnother());
        fit();
    }

    private void markBegun() {
        shipped.forEach((lab, button) -> button.setText((labs.isBegun(lab)
                ? NLS.bind(Messages.empty_begun, lab.title()) : lab.title()).replace("&", "&&")));
    }

    private void askForFile() {
        var dialog = new FileDialog(scrolled.getShell(), SWT.OPEN);
        dialog.setText(Messages.empty_open);
        dialog.setFilterExtensions(new String[] {"*.md", "*"});
        var chosen = dialog.open();
        if (chosen != null) {
            labs.open(Path.of(chosen));
        }
    }

    private Button button(String label, Runnable work) {
        var button = new Button(page, SWT.PUSH | SWT.WRAP);
        button.setText(label);
        GridDataFactory.swtDefaults().applyTo(button);
        button.addListener(SWT.Selection, event -> work.run());
        return button;
    }

    private void fit() {
        page.layout(true, true);
        var width = scrolled.getClientArea().width;
        scrolled.setMinSize(0, page.computeSize(Math.max(width, 1), SWT.DEFAULT).y);
    }
}
