package dev.mailscope.ui.classroom;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;

import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.classroom.ClassList;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.server.classroom.ReadablePasswords;
import dev.mailscope.server.net.NetworkAddress;
import dev.mailscope.ui.Counted;
import dev.mailscope.ui.Preferences;
import dev.mailscope.ui.ServerPorts;
import dev.mailscope.ui.TitledDialog;
import dev.mailscope.ui.WorkbenchServer;

/** Says what it means to open the server to the network, and asks for whom; stays open while that cannot be done. */
final class OpenDialog extends TitledDialog {
    private static final int WIDTH = 520;
    private static final int LINES = 6;
    private static final int MOST = 10_000;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    // With a colon in it no name is looked up.
    private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private final Lesson lesson;
    private final WorkbenchServer server;
    private final Runnable opened;
    private Combo address;
    private Text list;
    private Label count;
    private BeginningPart beginning;
    private Spinner arrivals;
    private Spinner sessions;
    private boolean opening;

    /**
     * @param opened is called once it is open
     */
    OpenDialog(Shell parent, Lesson lesson, WorkbenchServer server, Runnable opened) {
        super(parent, Messages.open_title, 3);
        this.lesson = lesson;
        this.server = server;
        this.opened = opened;
    }

    @Override
    protected void createFields(Composite area) {
        setMessage(Messages.open_message, IMessageProvider.WARNING);
        sentence(area, Messages.open_means);
        new Label(area, SWT.NONE).setText(Messages.open_address);
        address = new Combo(area, SWT.DROP_DOWN);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(address);
        fillAddresses();
        new Label(area, SWT.NONE).setText(Messages.open_ports);
        var ports = new Label(area, SWT.WRAP);
        ports.setText(ports());
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(WIDTH, SWT.DEFAULT).applyTo(ports);
        var students = new Label(area, SWT.NONE);
        students.setText(Messages.open_students);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).align(SWT.FILL, SWT.END).applyTo(students);
        var fromFile = new Button(area, SWT.PUSH);
        fromFile.setText(Messages.open_file);
        GridDataFactory.swtDefaults().align(SWT.END, SWT.CENTER).applyTo(fromFile);
        fromFile.addListener(SWT.Selection, event -> askForFile());
        list = new Text(area, SWT.MULTI | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        list.setMessage(Messages.open_example);
        GridDataFactory.fillDefaults().grab(true, true).span(3, 1).hint(WIDTH, list.getLineHeight() * LINES)
                .applyTo(list);
        list.addListener(SWT.Modify, event -> look());
        // Tab leaves the list, so that the keyboard alone can go on.
        list.addListener(SWT.Traverse, event -> event.doit |= event.detail == SWT.TRAVERSE_TAB_NEXT
                || event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        count = sentence(area, "");
        beginning = new BeginningPart(area, 3, WIDTH, this::look);
        arrivals = number(area, Messages.open_arrivals, Classroom.ARRIVALS);
        sessions = number(area, Messages.open_sessions, Classroom.ACCOUNT_SESSIONS);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Messages.open_ok, false);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        look();
    }

    @Override
    protected void okPressed() {
        String host;
        try {
            host = address();
        } catch (IOException e) {
            setErrorMessage(e.getMessage());
            return;
        }
        var students = ClassList.parse(list.getText(), new ReadablePasswords()::next).students();
        var begun = beginning.chosen();
        var perMinute = arrivals.getSelection();
        var atOnce = sessions.getSelection();
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        opening = true;
        lesson.open(() -> new Classroom(host, students, begun.make(), perMinute, atOnce), base(), problem -> {
            opening = false;
            answered(problem);
            if (problem.isEmpty()) {
                opened.run();
            } else if (getShell() != null) {
                look(); // at what was changed meanwhile
                setErrorMessage(problem);
            }
        });
    }

    @Override
    public boolean close() {
        lesson.cancel(); // does nothing once it is open
        return super.close();
    }

    /** Puts the list of a file into the dialog; says what is wrong with it, if it cannot be read. */
    void take(Path file) {
        try {
            list.setText(ClassList.read(file));
        } catch (IOException e) {
            setErrorMessage(e.getMessage());
        }
    }

    /** What accounts begin with. */
    BeginningPart beginning() {
        return beginning;
    }

    private void askForFile() {
        var dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(Messages.open_fileTitle);
        dialog.setFilterExtensions(new String[] {"*.csv;*.txt", "*"});
        var chosen = dialog.open();
        if (chosen != null) {
            take(Path.of(chosen));
        }
    }

    /** Says how many students there are, and what is wrong with the list or the lab. */
    private void look() {
        if (beginning == null || opening) {
            return; // it is still being made, or waits for its answer
        }
        var read = ClassList.parse(list.getText(), () -> "not-needed-yet");
        count.setText(Counted.text(Messages.open_count, read.students().size()));
        setErrorMessage(read.problems().isEmpty() ? beginning.problem().isEmpty() ? null : beginning.problem()
                : Counted.text(Messages.open_problem, read.problems().getFirst().toString(),
                        read.problems().size() - 1));
        grow();
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(read.problems().isEmpty() && !read.students().isEmpty() && beginning.isComplete());
        }
    }

    /** Gives room to what has become longer; what the user has made larger stays so. */
    private void grow() {
        var shell = getShell();
        var wanted = shell.computeSize(shell.getSize().x, SWT.DEFAULT).y;
        if (shell.isVisible() && wanted > shell.getSize().y) {
            shell.setSize(shell.getSize().x, wanted);
        }
    }

    private void fillAddresses() {
        try {
            NetworkAddress.all().forEach(each -> address.add(each.address() + " (" + each.network() + ")"));
        } catch (IOException e) {
            setErrorMessage(e.getMessage());
        }
        address.add(Messages.open_everywhere);
        address.select(0);
    }

    private String address() throws IOException {
        var text = address.getText().strip();
        if (text.equals(Messages.open_everywhere)) {
            return Classroom.EVERYWHERE;
        }
        var host = text.split(" ", 2)[0];
        var found = literal(host, text);
        if (!found.isLoopbackAddress() && !found.isAnyLocalAddress()
                && NetworkInterface.getByInetAddress(found) == null) {
            throw new IOException(NLS.bind(Messages.open_notOurs, host));
        }
        return host;
    }

    /** Only what is an address already: no name is looked up, for that takes time. */
    private static InetAddress literal(String host, String text) throws IOException {
        var problem = NLS.bind(Messages.open_noAddress, text);
        if (!V4.matcher(host).matches() && !V6.matcher(host).matches()) {
            throw new IOException(problem);
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException(problem, e);
        }
    }

    private ServerConfig base() {
        return wanted().in(server.config());
    }

    private static ServerPorts wanted() {
        var set = Preferences.ports();
        return new ServerPorts(set.imap(), set.pop3(), set.imaps(), set.pop3s(), OptionalInt.empty());
    }

    private static String ports() {
        return NLS.bind(Messages.open_portsAre, wanted().byProtocol().entrySet().stream()
                .map(port -> port.getKey().toUpperCase(Locale.ROOT) + "\u00A0"
                        + (port.getValue() == 0 ? Messages.open_anyPort : Integer.toString(port.getValue())))
                .collect(Collectors.joining(" \u00B7 ")));
    }

    private static Spinner number(Composite parent, String text, int value) {
        var label = new Label(parent, SWT.WRAP);
        label.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).align(SWT.FILL, SWT.CENTER).applyTo(label);
        var field = new Spinner(parent, SWT.BORDER);
        field.setValues(value, 0, MOST, 0, 1, 10);
        return field;
    }

    private static Label sentence(Composite parent, String text) {
        var label = new Label(parent, SWT.WRAP);
        label.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).span(3, 1).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        return label;
    }
}
