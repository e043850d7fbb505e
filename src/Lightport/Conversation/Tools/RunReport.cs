namespace Lightport.Conversation;

/// <summary>A run of a tool by the gateway, as it stands.</summary>
/// <param name="CallId">
/// The model's id of the call, made its own where another call of the answer has it; two reports of one id are of the
/// same run.
/// </param>
/// <param name="Server">The server's label.</param>
/// <param name="Tool">The tool's name at its server.</param>
/// <param name="Arguments">A JSON object as text, as the model wrote it.</param>
/// <param name="Round">Which round of the answer it belongs to, from 0.</param>
public sealed record RunReport(string CallId, string Server, string Tool, string Arguments, int Round)
{
    public RunStatus Status { get; init; }

    /// <summary>What its server has said of it while it runs, as a sentence; null where nothing.</summary>
    public string? Progress { get; init; }

    /// <summary>How long it has taken by now; null where it has just begun, or never did.</summary>
    public long? Milliseconds { get; init; }
}
