using Lightport.Conversation;

namespace Lightport.Routing.State;

/// <summary>How a target failed last.</summary>
/// <param name="At">When the failure was seen.</param>
public sealed record TargetFailure(ErrorKind Kind, int Status, DateTimeOffset At);
