namespace Lightport.Transport.Framing;

/// <summary>One message of a streaming body. Valid until the reader is given more bytes.</summary>
public readonly ref struct Frame
{
    public Frame(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> raw)
    {
        Name = name;
        Data = data;
        Raw = raw;
    }

    /// <summary>The event's name (SSE's <c>event:</c>); empty where it has none.</summary>
    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The frame as it stood on the wire, its end and any comments before it included.</summary>
    public ReadOnlySpan<byte> Raw { get; }
}
