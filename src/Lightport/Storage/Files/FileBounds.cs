namespace Lightport.Storage.Files;

/// <summary>How much a folder of files holds.</summary>
/// <param name="Most">Files of all owners.</param>
/// <param name="MostOfOwner">Files of one.</param>
internal sealed record FileBounds(int Most, int MostOfOwner)
{
    /// <summary>Bytes of all owners.</summary>
    public long MostBytes { get; init; } = long.MaxValue;

    /// <summary>Bytes of one.</summary>
    public long MostBytesOfOwner { get; init; } = long.MaxValue;

    /// <summary>Where more would come, it is refused, and nothing goes before its time; else the oldest go.</summary>
    public bool Refuses { get; init; }

    /// <summary>A file more, of that many, would be too much.</summary>
    public bool AreMet(FileCounts all, FileCounts ofOwner) =>
        all.Files >= Most || ofOwner.Files >= MostOfOwner
        || all.Bytes >= MostBytes || ofOwner.Bytes >= MostBytesOfOwner;

    /// <summary>They are exceeded by so much that it is time to remove files: each look at a folder is dear.</summary>
    public bool AreExceeded(FileCounts all, FileCounts ofOwner) =>
        all.Files > Most + (Most / 8)
        || ofOwner.Files > MostOfOwner + (MostOfOwner / 8)
        || (MostBytes < long.MaxValue && all.Bytes > MostBytes + (MostBytes / 8))
        || (MostBytesOfOwner < long.MaxValue && ofOwner.Bytes > MostBytesOfOwner + (MostBytesOfOwner / 8));
}
