using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>One attempt, for the log and for what the client is told.</summary>
/// <param name="Target">Where the request was sent.</param>
/// <param name="Error">How it failed; null where it did not.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Pause">How long was waited after it.</param>
internal readonly record struct AttemptRecord(Target Target, GatewayError? Error, TimeSpan Duration, TimeSpan Pause);
