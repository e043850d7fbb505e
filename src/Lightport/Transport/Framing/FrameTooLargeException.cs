namespace Lightport.Transport.Framing;

/// <summary>An upstream sent a single frame over the limit.</summary>
public sealed class FrameTooLargeException(int limit)
    : IOException($"The provider sent a single stream event of more than {limit} bytes.");
