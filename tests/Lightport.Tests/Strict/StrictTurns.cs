using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Strict;

/// <summary>
/// A chat template at its strictest: one system message and only at the start, then the user and the assistant in turn,
/// with the results of calls between. What it complains of is what a server would answer 400 to.
/// </summary>
internal static class StrictTurns
{
    public static IEnumerable<string> Complaints(JsonNode body)
    {
        string? before = null;
        int index = 0;
        foreach (JsonNode? message in body["messages"]!.AsArray())
        {
            string role = (string)message!["role"]!;
            switch (role)
            {
                case "system" or "developer" when index > 0:
                    yield return $"messages[{index}]: System message must be at the beginning.";
                    break;
                case "system" or "developer"
                    when message["content"]!.GetValueKind() != JsonValueKind.String:
                    yield return "messages[0]: the system message must be a string.";
                    break;
                case "user" or "assistant" when role == before:
                    yield return $"messages[{index}]: roles must alternate, but {role} follows {before}.";
                    break;
                case "tool" when before is not ("assistant" or "tool"):
                    yield return $"messages[{index}]: a tool's result follows {before}.";
                    break;
            }

            before = role;
            index++;
        }
    }
}
