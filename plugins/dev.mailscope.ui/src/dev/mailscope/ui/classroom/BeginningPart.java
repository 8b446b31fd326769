package dev.mailscope.ui.classroom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;

import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.run.LabAccount;
import dev.mailscope.server.AccountMail;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.lab.KnownLabs;

/** What each student's account begins with: the sample mail, nothing, or what a lab sets up. On the UI thread. */
final class BeginningPart {
    /** What was chosen, made when it is needed: a lab's set-up is carried out then. For a Job. */
    interface Chosen {
        /** IOException says why it cannot be had. */
        AccountMail make() throws IOException;
    }

    /** A lab's account, as the user finds it. */
    private record Choice(LabAccount account, String words) {
    }

    private final Display display;
    private final Composite row;
    private final Button sample;
    private final Button fromLab;
    private final Combo labs;
    private final Label taken;
    private final Runnable changed;
    private final List<Choice> choices = new ArrayList<>();
    private String problem = "";

    /**
     * Two rows of a grid with that many columns.
     *
     * @param changed is called when something else was chosen, or is wrong
     */
    BeginningPart(Composite parent, int columns, int width, Runnable changed) {
        this.display = parent.getDisplay();
        this.changed = changed;
        new Label(parent, SWT.NONE).setText(Messages.open_mail);
        row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).span(columns - 1, 1).applyTo(row);
        sample = radio(Messages.open_sample, 1);
        sample.setSelection(true);
        radio(Messages.open_empty, 2);
        fromLab = radio(Messages.open_lab, 1);
        labs = new Combo(row, SWT.DROP_DOWN | SWT.READ_ONLY);
        GridDataFactory.fillDefaults().grab(true, false).hint(100, SWT.DEFAULT).applyTo(labs);
        labs.add(Messages.open_labsRead);
        labs.select(0);
        labs.addListener(SWT.Selection, event -> show());
        var file = new Button(row, SWT.PUSH);
        file.setText(Messages.open_labFile);
        file.addListener(SWT.Selection, event -> askForFile());
        taken = new Label(parent, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(columns, 1).hint(width, SWT.DEFAULT).applyTo(taken);
        show();
        read();
    }

    /** Why nothing can be opened as it is chosen; empty when it can. */
    String problem() {
        return problem;
    }

    /** False while a lab is wanted and none is chosen, and while there is a problem. */
    boolean isComplete() {
        return problem.isEmpty() && (!fromLab.getSelection() || chosenLab() != null);
    }

    /** What is chosen. */
    Chosen chosen() {
        var lab = wantedLab();
        if (lab != null) {
            return lab.account()::mail;
        }
        var mail = sample.getSelection() ? AccountMail.SAMPLE : AccountMail.NONE;
        return () -> mail;
    }

    /** Adds the lab in that file and chooses it, or says what is wrong with it. */
    void take(Path file) {
        Job.createSystem(Messages.open_labsRead, (ICoreRunnable) monitor -> {
            var found = new ArrayList<Choice>();
            var wrong = wrong(file, found);
            onDisplay(() -> taken(found, wrong));
        }).schedule();
    }

    private Choice chosenLab() {
        var index = labs.getSelectionIndex();
        return index >= 0 && index < choices.size() ? choices.get(index) : null;
    }

    /** The lab that accounts begin with; null when they begin with something else. */
    private Choice wantedLab() {
        return fromLab.getSelection() ? chosenLab() : null;
    }

    private void read() {
        var reading = Job.createSystem(Messages.open_labsRead, (ICoreRunnable) monitor -> {
            var found = new ArrayList<Choice>();
            KnownLabs.all(monitor).forEach(known -> found.addAll(choices(LabAccount.all(known.lab()), known.where())));
            onDisplay(() -> {
                var before = chosenLab();
                var wanted = wantedLab();
                choices.addAll(0, found); // a file may have been taken meanwhile
                fill(problem.isEmpty() ? Math.max(0, choices.indexOf(before)) : choices.indexOf(before));
                if (wantedLab() != wanted) {
                    changed.run();
                }
            });
        });
        row.addListener(SWT.Dispose, event -> reading.cancel());
        reading.schedule();
    }

    /** What is wrong with a lab's file, empty for nothing: then the choices are what it offers. */
    private static String wrong(Path file, List<Choice> found) {
        try {
            var parsed = LabParser.read(file);
            if (parsed.lab() == null) {
                return Counted.text(Messages.open_labWrong, file.toString(), parsed.problems().getFirst().toString(),
                        parsed.problems().size() - 1);
            }
            found.addAll(choices(LabAccount.all(parsed.lab()), file.getFileName().toString()));
            return found.isEmpty() ? NLS.bind(Messages.open_labEmpty, file) : "";
        } catch (IOException e) {
            return NLS.bind(Messages.open_labUnreadable, file, e.getMessage());
        }
    }

    private static List<Choice> choices(List<LabAccount> accounts, String where) {
        return accounts.stream().map(account -> {
            var title = account.lab().title();
            var words = accounts.size() == 1 ? title : NLS.bind(Messages.open_labAccount, title, account.user());
            return new Choice(account, where.isEmpty() ? words : NLS.bind(Messages.open_labWhere, words, where));
        }).toList();
    }

    private void taken(List<Choice> found, String wrong) {
        problem = wrong;
        fromLab.setSelection(true);
        for (var other : row.getChildren()) {
            if (other instanceof Button button && (button.getStyle() & SWT.RADIO) != 0 && button != fromLab) {
                button.setSelection(false);
            }
        }
        if (wrong.isEmpty()) {
            choices.addAll(found);
            fill(choices.size() - found.size());
        } else if (!choices.isEmpty()) {
            labs.deselectAll(); // so that the lab chosen before can be chosen again
        }
        update();
        changed.run();
    }

    private void fill(int selected) {
        labs.setItems(choices.isEmpty() ? new String[] {Messages.open_labsNone}
                : choices.stream().map(Choice::words).toArray(String[]::new));
        labs.select(choices.isEmpty() ? 0 : selected); // nothing for -1
        update();
    }

    /** Says what is taken of the lab and what is not. */
    private void show() {
        problem = "";
        update();
        changed.run();
    }

    private void update() {
        labs.setEnabled(fromLab.getSelection() && !choices.isEmpty());
        var lab = wantedLab();
        taken.setText(lab == null ? "" : told(lab.account()));
        taken.requestLayout();
    }

    private static String told(LabAccount account) {
        var left = new ArrayList<String>();
        if (!account.others().isEmpty()) {
            left.add(Counted.text(Messages.open_labAccounts, account.others().size(),
                    String.join(", ", account.others())));
        }
        if (!account.devices().isEmpty()) {
            left.add(Counted.text(Messages.open_labDevices, account.devices().size(),
                    String.join(", ", account.devices())));
        }
        if (account.isFollowedByMore()) {
            left.add(Messages.open_labSteps);
        }
        var taken = NLS.bind(Messages.open_labTaken, account.user());
        return (left.isEmpty() ? taken : taken + " " + NLS.bind(Messages.open_labLeft, String.join("; ", left)))
                .replace("&", "&&");
    }

    private void askForFile() {
        var dialog = new FileDialog(row.getShell(), SWT.OPEN);
        dialog.setText(Messages.open_labTitle);
        dialog.setFilterExtensions(new String[] {"*.md", "*"});
        var chosen = dialog.open();
        if (chosen != null) {
            take(Path.of(chosen));
        }
    }

    private Button radio(String text, int span) {
        var button = new Button(row, SWT.RADIO);
        button.setText(text);
        GridDataFactory.swtDefaults().span(span, 1).applyTo(button);
        button.addListener(SWT.Selection, event -> {
            if (button.getSelection()) {
                show();
            }
        });
        return button;
    }

    // Called by Jobs, which the dialog may not outlive.
    private void onDisplay(Runnable work) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!row.isDisposed()) {
                    work.run();
                }
            });
        }
    }
}
