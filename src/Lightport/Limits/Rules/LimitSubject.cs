namespace Lightport.Limits.Rules;

/// <summary>Who has a counter of their own under a limit.</summary>
internal enum LimitSubject
{
    /// <summary>All that the limit is for share one.</summary>
    All,

    /// <summary>Each client key, and each identity.</summary>
    Key,

    /// <summary>Each value of a tag; a key that does not have the tag is not limited.</summary>
    Tag,

    /// <summary>Each model, by its name at the provider.</summary>
    Model,

    Provider,

    Route,
}
