package dev.mailscope.ui.filter;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.CellLabelProvider;
import org.eclipse.jface.viewers.CheckboxTableViewer;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import dev.mailscope.server.expression.Known;
import dev.mailscope.server.file.PrivateFiles;
import dev.mailscope.ui.Mailscope;

/**
 * A page with a list of rules: in an order, with buttons to make, change and remove them, and to exchange them as a
 * file. What is wrong with one is said above the list. Nothing is kept before the page is applied.
 *
 * @param <T> what a rule is; equal ones are the same
 */
abstract class RulesPage<T> extends PreferencePage implements IWorkbenchPreferencePage {
    private static final int MOST_OCTETS = 1 << 20;
    private static final int MOST_KNOWN = 2_000;

    private final List<T> rules = new ArrayList<>();
    private final String extension;
    private final int style;
    private CheckboxTableViewer viewer;
    private Button edit;
    private Button remove;
    private Button up;
    private Button down;

    /** The extension of a file with such rules; the style of the table beside what all have. */
    RulesPage(String extension, int style) {
        this.extension = extension;
        this.style = style;
    }

    /** Those that are kept now. */
    abstract List<T> kept();

    /** Those that were shipped. */
    abstract List<T> shipped();

    /** Keeps these. */
    abstract void keep(List<T> these);

    /** Asks the user about a rule, or about a new one when it is null; nothing when the user has given up. */
    abstract Optional<T> ask(T before);

    /** What is wrong with a rule, in words; empty for nothing. */
    abstract String problem(T rule);

    /** These as a file's text. */
    abstract String write(List<T> these);

    /** What a file holds. IllegalArgumentException, saying in which line, when it is something else. */
    abstract List<T> read(String text);

    /** Makes the columns of the table. */
    abstract void createColumns(TableColumnLayout layout);

    /** The table. */
    final CheckboxTableViewer viewer() {
        return viewer;
    }

    @Override
    public final void init(IWorkbench workbench) {
        rules.addAll(kept());
    }

    @Override
    protected final Control createContents(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(area);
        var tablePlace = new Composite(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).hint(560, 280).applyTo(tablePlace);
        var layout = new TableColumnLayout();
        tablePlace.setLayout(layout);
        viewer = new CheckboxTableViewer(new Table(tablePlace,
                SWT.FULL_SELECTION | SWT.BORDER | SWT.MULTI | style));
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        ColumnViewerToolTipSupport.enableFor(viewer);
        createColumns(layout);
        viewer.setInput(rules);
        viewer.addSelectionChangedListener(event -> update());
        viewer.addDoubleClickListener(event -> edit());
        createButtons(area);
        update();
        return area;
    }

    @Override
    protected final void performDefaults() {
        show(shipped());
        super.performDefaults();
    }

    @Override
    public final boolean performOk() {
        keep(rules);
        return super.performOk();
    }

    /** The rules as they are on the page. */
    final List<T> rules() {
        return List.copyOf(rules);
    }

    /** Puts one rule in the place of another one. */
    final void replace(T before, T after) {
        rules.set(rules.indexOf(before), after);
        viewer.refresh();
        update();
    }

    /** Takes what a file holds, below what is there; shows what is wrong with the file. */
    final void importFrom(Path file) {
        try {
            if (Files.size(file) > MOST_OCTETS) {
                throw new IOException(Messages.page_tooLarge);
            }
            var all = new LinkedHashSet<>(rules);
            all.addAll(read(Files.readString(file)));
            show(List.copyOf(all));
        } catch (CharacterCodingException e) {
            failed(Messages.page_importFailed, file, Messages.page_noText);
        } catch (IOException | IllegalArgumentException e) {
            failed(Messages.page_importFailed, file, reason(e));
        }
    }

    /** Writes all rules of the page into a file; shows why it cannot be. */
    final void exportTo(Path file) {
        try {
            PrivateFiles.write(file, write(rules));
        } catch (IOException e) {
            failed(Messages.page_exportFailed, file, reason(e));
        }
    }

    /** What has occurred in the server's newest events, for proposals. */
    static Known known() {
        var known = new Known();
        var recording = Mailscope.get().server().recording();
        if (recording != null) {
            known.add(recording.events(recording.last() - MOST_KNOWN + 1, MOST_KNOWN));
        }
        return known;
    }

    /** A column with that heading; the label provider says the rest. */
    final void column(TableColumnLayout layout, String title, int weight, CellLabelProvider label) {
        var column = new TableViewerColumn(viewer, SWT.NONE);
        column.getColumn().setText(title);
        column.setLabelProvider(label);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, 60));
    }

    private void createButtons(Composite area) {
        var buttons = new Composite(area, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(buttons);
        GridDataFactory.fillDefaults().align(SWT.FILL, SWT.BEGINNING).applyTo(buttons);
        button(buttons, Messages.page_new, () -> ask(null).ifPresent(rule -> {
            rules.addFirst(rule);
            changed(rule);
        }));
        edit = button(buttons, Messages.page_edit, this::edit);
        remove = button(buttons, Messages.page_remove, () -> {
            rules.removeAll(selected());
            viewer.refresh();
            update();
        });
        up = button(buttons, Messages.page_up, () -> move(-1));
        down = button(buttons, Messages.page_down, () -> move(1));
        button(buttons, Messages.page_import, () -> file(SWT.OPEN).ifPresent(this::importFrom));
        button(buttons, Messages.page_export, () -> file(SWT.SAVE).ifPresent(this::exportTo));
    }

    private Button button(Composite parent, String text, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> action.run());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(button);
        return button;
    }

    private void edit() {
        if (selected().size() == 1) {
            var before = selected().getFirst();
            ask(before).ifPresent(after -> {
                replace(before, after);
                changed(after);
            });
        }
    }

    private void move(int by) {
        var index = rules.indexOf(selected().getFirst());
        Collections.swap(rules, index, index + by);
        changed(rules.get(index + by));
    }

    private void changed(T rule) {
        viewer.refresh();
        viewer.setSelection(new StructuredSelection(rule), true);
        update();
    }

    private void show(List<T> these) {
        rules.clear();
        rules.addAll(these);
        viewer.refresh();
        update();
    }

    private void update() {
        var chosen = selected();
        var index = chosen.size() == 1 ? rules.indexOf(chosen.getFirst()) : -1;
        edit.setEnabled(index >= 0);
        remove.setEnabled(!chosen.isEmpty());
        up.setEnabled(index > 0);
        down.setEnabled(index >= 0 && index < rules.size() - 1);
        // Of what is selected first.
        var problem = Stream.concat(chosen.stream(), rules.stream()).map(this::problem).filter(p -> !p.isEmpty())
                .findFirst().orElse(null);
        setMessage(problem, problem == null ? IMessageProvider.NONE : IMessageProvider.WARNING);
    }

    @SuppressWarnings("unchecked")
    private List<T> selected() {
        return viewer.getStructuredSelection().toList();
    }

    private Optional<Path> file(int kind) {
        var dialog = new FileDialog(getShell(), kind);
        dialog.setFilterExtensions(new String[] { "*." + extension, "*" });
        dialog.setFileName(kind == SWT.SAVE ? "mailscope." + extension : "");
        dialog.setOverwrite(true);
        return Optional.ofNullable(dialog.open()).map(Path::of);
    }

    private void failed(String sentence, Path file, String why) {
        MessageDialog.openError(getShell(), getTitle(), NLS.bind(sentence, file, why));
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
