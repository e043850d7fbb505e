namespace Lightport.Providers;

/// <summary>What a model reads, or what it answers in.</summary>
[Flags]
internal enum Modalities
{
    None = 0,
    Text = 1,
    Image = 2,
    Audio = 4,
    Video = 8,

    /// <summary>Documents (PDF).</summary>
    File = 16,
}
