package dev.mailscope.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;

/** By what this computer is reached, whatever networks it is in. */
class NetworkAddressTest {
    @Test
    void allAreAddressesThatOthersCanUse() throws Exception {
        for (var address : NetworkAddress.all()) {
            var found = InetAddress.getByName(address.address());
            assertFalse(found.isLoopbackAddress() || found.isLinkLocalAddress(), address.toString());
            assertEquals(NetworkInterface.getByInetAddress(found).getDisplayName(), address.network());
        }
    }

    @Test
    void aHostIsReachedByItselfAndEveryHostByAll() throws Exception {
        assertEquals(List.of("127.0.0.2"), NetworkAddress.reaching("127.0.0.2"));
        var all = NetworkAddress.all().stream().map(NetworkAddress::address).toList();
        assertEquals(all, NetworkAddress.reaching("0.0.0.0"));
        assertEquals(all, NetworkAddress.reaching("::"));
        assertThrows(UnknownHostException.class, () -> NetworkAddress.reaching("nobody.invalid"));
    }

    @Test
    void thisComputersNameIsForOthersAlone() throws Exception {
        assertEquals(List.of("127.0.0.2"), NetworkAddress.naming("127.0.0.2"));
        var naming = NetworkAddress.naming("0.0.0.0");
        var reaching = NetworkAddress.reaching("0.0.0.0");
        assertEquals(reaching, naming.subList(0, reaching.size()));
        for (var name : naming.subList(reaching.size(), naming.size())) {
            assertEquals(InetAddress.getLocalHost().getHostName(), name);
            assertTrue(name.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*"), name);
        }
    }
}
