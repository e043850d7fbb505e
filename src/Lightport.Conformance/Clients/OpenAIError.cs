using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Clients;

/// <summary>
/// An error as OpenAI's API tells it: a type and a message, and param and code though they be null
/// (https://platform.openai.com/docs/guides/error-codes).
/// </summary>
internal static class OpenAIError
{
    /// <returns>Its message; null where the body is no such error.</returns>
    public static string? Message(JsonObject body) =>
        body.Object("error") is { } error && error.ContainsKey("param") && error.ContainsKey("code")
            && error.Text("type") is not null && !body.ContainsKey("type")
            ? error.Text("message")
            : null;
}
