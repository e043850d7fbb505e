namespace Lightport.Dialects;

/// <summary>What vendors bill for a run of a tool of theirs, beside the tokens that it brings.</summary>
internal enum ToolFee
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What they bill for a search.</summary>
    Search,

    /// <summary>By the hour, by the picture, or in a way that nobody here knows.</summary>
    Unknown,
}
