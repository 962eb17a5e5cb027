package dev.metsuke.archive;

import dev.metsuke.archive.index.TopicIndexing;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBrokerCollection;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopicCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** Speaks as much of Kafka's protocol as to tell that the archived topics are there, and is silent to all other questions. */
final class TopicsBroker implements AutoCloseable {

    private static final int ID = 1;

    private final ServerSocket socket;

    private TopicsBroker(ServerSocket socket) {
        this.socket = socket;
    }

    static TopicsBroker start() throws IOException {
        TopicsBroker broker = new TopicsBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(broker::accept);
        return broker;
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answerAll(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void answerAll(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                RequestHeader asked = RequestHeader.parse(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                if (asked.apiKey() == ApiKeys.API_VERSIONS) {
                    send(versions(), asked, out);
                } else if (asked.apiKey() == ApiKeys.METADATA) {
                    send(topics(), asked, out);
                }
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    private static void send(ApiMessage answer, RequestHeader asked, DataOutputStream out) throws IOException {
        ByteBuffer bytes = RequestUtils.serialize(
                asked.toResponseHeader().data(), asked.toResponseHeader().headerVersion(), answer, asked.apiVersion());
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        out.flush();
    }

    private static ApiMessage versions() {
        return new ApiVersionsResponseData()
                .setApiKeys(ApiVersionsResponse.brokerApiVersions(ListenerType.BROKER, false, false));
    }

    private ApiMessage topics() {
        MetadataResponseBrokerCollection brokers = new MetadataResponseBrokerCollection();
        brokers.add(
                new MetadataResponseBroker().setNodeId(ID).setHost("127.0.0.1").setPort(socket.getLocalPort()));
        MetadataResponseTopicCollection topics = new MetadataResponseTopicCollection();
        TopicIndexing.topics()
                .forEach(topic -> topics.add(new MetadataResponseTopic()
                        .setName(topic.title())
                        .setPartitions(List.of(new MetadataResponsePartition()
                                .setPartitionIndex(0)
                                .setLeaderId(ID)
                                .setReplicaNodes(List.of(ID))
                                .setIsrNodes(List.of(ID))))));
        return new MetadataResponseData().setBrokers(brokers).setTopics(topics).setControllerId(ID);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
