using System.Text.Json.Nodes;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws.Clients;

/// <summary>What OpenAI's wires share.</summary>
internal static class OpenAIShape
{
    private static readonly string[] FinishReasons =
        ["stop", "length", "tool_calls", "content_filter", "function_call"];

    public static string? BrokenHead(JsonObject body, string kind) =>
        (string?)body["object"] != kind ? $"object is {body["object"]}"
        : string.IsNullOrEmpty((string?)body["id"]) ? "no id"
        : body["created"] is null ? "no created"
        : string.IsNullOrEmpty((string?)body["model"]) ? "no model" : null;

    public static string? BrokenEnd(JsonObject choice) =>
        choice["index"] is null || !FinishReasons.Contains((string?)choice["finish_reason"])
            ? $"no index, or an unknown finish_reason {choice["finish_reason"]}"
            : null;

    public static string? BrokenError(JsonObject body) =>
        body["error"] is not JsonObject error || !error.ContainsKey("param") ? "no error object of OpenAI"
        : error.Text("type") is null ? "an error without type" : null;

    public static bool EndsInError(string text) => text.Contains("data: {\"error\":", StringComparison.Ordinal);

    public static string? WrongEnd(bool hasError, bool failed) => hasError == failed ? null
        : failed ? "an error became a whole answer" : "a whole answer ended in an error";
}
