using System.Text.Json.Nodes;

namespace Lightport.Cli.Gateway;

/// <summary>The least that a client may send to a door: a model, a text, and what the door's dialect demands.</summary>
internal static class SampleRequest
{
    /// <summary>What Anthropic's Messages cannot be without (https://docs.anthropic.com/en/api/messages).</summary>
    private const int MaxTokens = 1024;

    /// <param name="path">The door; one that is not known takes what chat takes.</param>
    public static JsonObject For(string path, string model, string text)
    {
        var request = new JsonObject { ["model"] = model };
        switch (path)
        {
            case "/v1/completions":
                request["prompt"] = text;
                break;
            case "/v1/embeddings" or "/v1/responses":
                request["input"] = text;
                break;
            case "/v1/messages":
                request["max_tokens"] = MaxTokens;
                goto default;
            default:
                request["messages"] = new JsonArray(ChatRequest.Message("user", text));
                break;
        }

        return request;
    }
}
