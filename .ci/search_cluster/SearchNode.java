import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.network.NetworkAddress;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node inside this process, on loopback only. The arguments are the folder with
 * its modules, the folder for its data, the HTTP port (0 takes a free one), and the file that is
 * to hold the address once the node answers.
 */
public final class SearchNode {

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        Settings settings = Settings.builder()
            .put("path.home", arguments[0])
            .put("path.data", data.resolve("data").toString())
            .put("path.logs", data.resolve("logs").toString())
            .put("cluster.name", "membersnet-tests")
            .put("node.name", "search")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[2])
            .put("transport.port", "0")
            .put("action.destructive_requires_name", "true")
            .put("cluster.routing.allocation.disk.threshold_enabled", "false")
            .build();

        // The server's own start-up would do these too, but it refuses to run as root.
        LogConfigurator.configureESLogging();
        LogConfigurator.configureWithoutConfig(Settings.builder().put("logger.level", "WARN").build());

        Path config = Files.createDirectories(data.resolve("config"));
        Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "search");
        PluginsLoader modules = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of(),
            false
        );
        Node node = new Node(environment, modules);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception problem) {
                problem.printStackTrace();
            }
            closed.countDown();
        }));
        node.start();
        var address = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
        Path unfinished = Files.writeString(data.resolve("address.unfinished"), "http://" + NetworkAddress.format(address.address()));
        Files.move(unfinished, Path.of(arguments[3]));
        closed.await();
    }
}
