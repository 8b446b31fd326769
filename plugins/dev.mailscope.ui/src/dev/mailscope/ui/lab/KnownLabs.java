package dev.mailscope.ui.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceProxy;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.ui.Mailscope;

/** The labs there are: those that come with Mailscope, and those in the workspace. */
public final class KnownLabs {
    /**
     * One of them.
     *
     * @param lab   what it says
     * @param where its file's path in the workspace; empty for one that comes with Mailscope
     */
    public record Known(Lab lab, String where) {
    }

    private KnownLabs() {
    }

    /**
     * All that can be read, those that come with Mailscope first. Takes a while: for a Job. What is wrong with a lab is
     * said where it is opened.
     *
     * @throws OperationCanceledException when the monitor says so
     */
    public static List<Known> all(IProgressMonitor monitor) {
        var known = new ArrayList<Known>();
        for (var shipped : ShippedLabs.all()) {
            goOn(monitor);
            try {
                add(known, shipped.folder(), "");
            } catch (IOException e) {
                Mailscope.log(shipped.name() + ": " + e.getMessage(), e);
            }
        }
        for (var file : inWorkspace(monitor)) {
            goOn(monitor);
            try {
                add(known, file.getLocation().toPath(), file.getFullPath().makeRelative().toString());
            } catch (IOException e) {
                Mailscope.log(file.getFullPath() + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(known);
    }

    private static void add(List<Known> known, Path file, String where) throws IOException {
        var lab = LabParser.read(file).lab();
        if (lab != null) {
            known.add(new Known(lab, where));
        }
    }

    private static void goOn(IProgressMonitor monitor) {
        if (monitor.isCanceled()) {
            throw new OperationCanceledException();
        }
    }

    private static List<IResource> inWorkspace(IProgressMonitor monitor) {
        var found = new ArrayList<IResource>();
        try {
            ResourcesPlugin.getWorkspace().getRoot().accept(proxy -> {
                goOn(monitor);
                if (isLab(proxy) && proxy.requestResource().getLocation() != null) {
                    found.add(proxy.requestResource());
                }
                return proxy.isAccessible() && !proxy.isDerived();
            }, IResource.NONE);
        } catch (CoreException e) {
            Mailscope.log(e.getMessage(), e);
        }
        return found;
    }

    /** As the content type has it. */
    private static boolean isLab(IResourceProxy proxy) {
        return proxy.getType() == IResource.FILE
                && (proxy.getName().equals("lab.md") || proxy.getName().endsWith(".lab.md"));
    }
}
