using System.Text;
using System.Text.Json;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>What Bedrock once answered, and to what; read where it is and never copied.</summary>
/// <param name="Model">As the path named it, unescaped.</param>
internal sealed record RecordedBedrock(string Id, string Model, int Status, bool IsStream, string Request, byte[] Body)
{
    /// <param name="dialect">How the recordings call what was asked; a stream's name goes on with <c>-stream</c>.</param>
    public static IEnumerable<RecordedBedrock> All(string dialect) =>
        from file in Directory.GetFiles(SharedFolder.PathOf("recorded"), "*.jsonl").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file)
        let exchange = JsonElement.Parse(Encoding.UTF8.GetBytes(line))
        let name = exchange.GetProperty("dialect").GetString()
        where name == dialect || name == dialect + "-stream"
        let address = exchange.GetProperty("url").GetString()!
        select new RecordedBedrock(
            exchange.GetProperty("id").GetString()!,
            Uri.UnescapeDataString(address.Split("/model/")[^1].Split('/')[0]),
            exchange.GetProperty("status").GetInt32(),
            exchange.GetProperty("framing").GetString() == "eventstream",
            Encoding.UTF8.GetString(Bytes(exchange.GetProperty("request"))),
            Bytes(exchange.GetProperty("response")));

    private static byte[] Bytes(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(body.GetString()!),
        JsonValueKind.Object when body.TryGetProperty("base64", out JsonElement binary) => binary.GetBytesFromBase64(),
        JsonValueKind.Object => Encoding.UTF8.GetBytes(body.GetRawText()),
        _ => [],
    };
}
