namespace Lightport.Storage.Files;

/// <summary>How many files there are, and how large they are together.</summary>
internal readonly record struct FileCounts(int Files, long Bytes)
{
    public FileCounts With(long bytes) => new(Files + 1, Bytes + bytes);
}
