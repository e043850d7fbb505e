using System.Text;
using System.Text.Json.Nodes;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

/// <summary>AWS's own messages, of two of its SDKs: each sound one is read to the letter, each broken one refused.</summary>
public sealed class AwsEventStreamVectorTests
{
    private const string Vectors = "vectors/aws-eventstream";

    [SharedFact(Vectors)]
    public void Message_OfTheGoSdk_IsReadAsItSays()
    {
        string[] files = Directory.GetFiles(SharedFolder.PathOf($"{Vectors}/smithy-go/encoded/positive"));
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            byte[] encoded = File.ReadAllBytes(file);
            string decoded = SharedFolder.PathOf($"{Vectors}/smithy-go/decoded/positive/{Path.GetFileName(file)}");
            JsonObject told = JsonNode.Parse(File.ReadAllText(decoded))!.AsObject();
            byte[] payload = Convert.FromBase64String((string)told["payload"]!);

            Assert.Equal(payload, PayloadOf(encoded));
            foreach (JsonNode? header in told["headers"]!.AsArray().Where(header => (int)header!["type"]! == 7))
            {
                Assert.Equal(
                    Convert.FromBase64String((string)header!["value"]!),
                    AwsEventStreamHeaders.Find(encoded, Encoding.UTF8.GetBytes((string)header["name"]!)).ToArray());
            }
        }
    }

    [SharedFact(Vectors)]
    public void Message_OfTheRustSdk_IsReadWhereItIsSound()
    {
        string[] files = Directory.GetFiles(SharedFolder.PathOf($"{Vectors}/smithy-rs"));
        Assert.Equal(11, files.Length);
        foreach (string file in files)
        {
            byte[] message = File.ReadAllBytes(file);
            if (Path.GetFileName(file).StartsWith("valid_", StringComparison.Ordinal))
            {
                Assert.Equal(file.EndsWith("valid_empty_payload", StringComparison.Ordinal), PayloadOf(message).Length == 0);
            }
            else
            {
                Exception? refused = Record.Exception(() => PayloadOf(message));
                Assert.True(refused is MalformedFrameException, $"{Path.GetFileName(file)} was taken");
            }
        }
    }

    /// <summary>Whatever header comes before it, and of whichever type.</summary>
    [SharedFact(Vectors)]
    public void Message_WithAllTypesOfHeaders_GivesItsStrings()
    {
        byte[] message = File.ReadAllBytes(
            SharedFolder.PathOf($"{Vectors}/smithy-rs/valid_with_all_headers_and_payload"));

        Assert.Equal("some str", Encoding.UTF8.GetString(AwsEventStreamHeaders.Find(message, "str"u8)));
        Assert.Equal("some payload", Encoding.UTF8.GetString(PayloadOf(message)));
    }

    private static byte[] PayloadOf(byte[] message)
    {
        using var reader = new AwsEventStreamFrameReader();
        SseCutter.Feed(reader, message);
        Assert.True(reader.TryRead(out Frame frame));
        return frame.Data.ToArray();
    }
}
