using System.Text.Json.Nodes;

namespace Lightport.Cli.Gateway;

/// <summary>A client's request on OpenAI's wire (https://platform.openai.com/docs/api-reference/chat/create).</summary>
internal static class ChatRequest
{
    public static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    /// <param name="messages">Copied, so that they may be sent again.</param>
    public static JsonObject Create(string model, IEnumerable<JsonObject> messages, bool stream)
    {
        var request = new JsonObject
        {
            ["model"] = model,
            ["messages"] = new JsonArray([.. messages.Select(message => message.DeepClone())]),
        };
        if (stream)
        {
            request["stream"] = true;
            request["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return request;
    }
}
