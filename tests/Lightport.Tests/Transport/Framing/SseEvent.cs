namespace Lightport.Tests.Transport.Framing;

internal sealed record SseEvent(string Name, string Data);
