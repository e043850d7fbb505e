namespace Lightport.Transport;

/// <summary>Watches for silence.</summary>
internal interface IByteWatch
{
    /// <summary>Something has come.</summary>
    void MarkByte();
}
