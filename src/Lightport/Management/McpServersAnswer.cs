using System.Text.Json;

namespace Lightport.Management;

/// <summary>What this instance knows of the configured MCP servers.</summary>
internal sealed record McpServersAnswer(IReadOnlyList<McpServersAnswer.Server> Servers)
{
    /// <param name="Address">Without a query; null for a program.</param>
    /// <param name="Program">The command that starts it; null for an address.</param>
    /// <param name="Revision">Of the protocol, which it was found to speak; null where it was not asked yet.</param>
    /// <param name="Tools">Those that are used; null where they were not listed yet, or differ from user to user.
    /// </param>
    /// <param name="HeldBack">Those that have changed since they were approved, as they are now.</param>
    /// <param name="LeftOut">Those that cannot be used, each with why.</param>
    /// <param name="Problem">Why it could not list its tools the last time; null where it could.</param>
    internal sealed record Server(
        string Label,
        string? Address,
        string? Program,
        string? Revision,
        bool Connected,
        IReadOnlyList<string>? Tools,
        IReadOnlyList<HeldTool> HeldBack,
        IReadOnlyList<string> LeftOut,
        string? Problem);

    /// <param name="Changed">What of it has changed; empty where that is not known.</param>
    /// <param name="Mark">Says which tool is meant to whom it is approved at.</param>
    /// <param name="Parameters">The schema of its arguments.</param>
    /// <param name="Before">As it was when it was approved; null where that is not known.</param>
    internal sealed record HeldTool(
        string Name,
        IReadOnlyList<string> Changed,
        string Mark,
        string? Title,
        string? Description,
        bool ReadOnly,
        bool Idempotent,
        JsonElement Parameters,
        ApprovedTool? Before);

    /// <param name="Parameters">The schema of its arguments.</param>
    internal sealed record ApprovedTool(
        string? Title, string? Description, bool ReadOnly, bool Idempotent, JsonElement Parameters);
}
