namespace Lightport.Transport;

/// <summary>Watches for silence.</summary>
public interface IByteWatch
{
    /// <summary>Something has come.</summary>
    void MarkByte();
}
