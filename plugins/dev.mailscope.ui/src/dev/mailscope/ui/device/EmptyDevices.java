package dev.mailscope.ui.device;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.ui.ViewFont;

/** What the view shows while there are no devices: what it is for, and three ways to begin. */
final class EmptyDevices {
    private static final String[] NAMES = {Messages.name_laptop, Messages.name_phone};

    private final Devices devices;
    private final ScrolledComposite scrolled;
    private final Composite page;
    private final Label text;
    private final List<Button> buttons = new ArrayList<>();

    EmptyDevices(Composite parent, Devices devices, Runnable addOne) {
        this.devices = devices;
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        page = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(16, 16).spacing(8, 8).applyTo(page);
        text = new Label(page, SWT.WRAP);
        text.setText(Messages.empty_text);
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(text);
        button(Messages.empty_delete, () -> two(name -> devices.add(name, ServerConfig.SAMPLE_ACCOUNT,
                Pop3Settings.DELETE)));
        button(Messages.empty_keep, () -> two(name -> devices.add(name, ServerConfig.SAMPLE_ACCOUNT,
                Pop3Settings.KEEP)));
        button(Messages.empty_imap, () -> two(name -> devices.add(name, ServerConfig.SAMPLE_ACCOUNT,
                new ImapSettings(ImapSettings.Method.QRESYNC, false))));
        button(Messages.empty_other, addOne);
        scrolled.setContent(page);
        ViewFont.apply(page, ViewFont.TABLES, font -> {
            text.setFont(font);
            buttons.forEach(button -> button.setFont(font));
            fit();
        });
        scrolled.addListener(SWT.Resize, event -> fit());
    }

    /** Shows what can be done now: in a lab, and until those that were there are back, nothing. */
    void show() {
        var guests = devices.areGuests();
        var useful = !guests && !devices.isRestoring();
        text.setText(guests ? Messages.empty_lab : useful ? Messages.empty_text : Messages.empty_restoring);
        buttons.forEach(button -> button.setVisible(useful));
        fit();
    }

    Control control() {
        return scrolled;
    }

    void setFocus() {
        buttons.getFirst().setFocus();
    }

    private interface Adder {
        void add(String name);
    }

    private static void two(Adder adder) {
        for (var name : NAMES) {
            adder.add(name);
        }
    }

    private void button(String label, Runnable work) {
        var button = new Button(page, SWT.PUSH);
        button.setText(label);
        button.addListener(SWT.Selection, event -> work.run());
        buttons.add(button);
    }

    private void fit() {
        page.layout(true, true);
        var width = scrolled.getClientArea().width;
        scrolled.setMinSize(0, page.computeSize(Math.max(width, 1), SWT.DEFAULT).y);
    }
}
