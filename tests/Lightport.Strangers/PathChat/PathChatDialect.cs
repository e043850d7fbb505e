using Lightport.Dialects;

namespace Lightport.Strangers.PathChat;

/// <summary>
/// A chat of nobody's: what to ask and how to answer stand in the path, a streamed answer is a JSON array.
/// </summary>
internal static class PathChatDialect
{
    public const string Id = "path-chat";
    public const string MediaType = "application/vnd.strange+json";

    public static DialectOperation Chat { get; } = new(Id, Operation.Chat)
    {
        Served = new PathChatServed(),
        Spoken = new PathChatSpoken(),
        Passed = new PathChatPassed(),
    };

    public static GatewayEndpoint Generate { get; } = Door("StrangeGenerate", "/strange/{model}:generate");

    public static GatewayEndpoint Stream { get; } = Door("StrangeStream", "/strange/{model}:stream");

    /// <summary>What a host would have in a file of its own.</summary>
    public static ReadOnlyMemory<byte> Provider { get; } = """
        {
          "id": "path-chat", "name": "Path Chat", "source": "https://path.example/docs",
          "base-url": "https://path.example/v1",
          "auth": { "scheme": "header", "key": "PATH_CHAT_KEY", "name": "x-path-key" },
          "endpoints": {
            "path-chat": {
              "path": "/talk/{model}:generate",
              "stream-path": "/talk/{model}:stream",
              "framing": "json-array",
              "parameters": { "limit": { "clamp": [1, 100] } },
              "forward-headers": ["x-path-trace"]
            }
          }
        }
        """u8.ToArray();

    private static GatewayEndpoint Door(string name, string path) =>
        new(name, "POST", path, EndpointKind.Inference) { Dialect = Id, TakesSlashes = true };
}
