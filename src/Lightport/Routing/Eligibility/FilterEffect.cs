namespace Lightport.Routing.Eligibility;

/// <summary>What a filter's reason does to a target, from the most to the least.</summary>
internal enum FilterEffect
{
    /// <summary>It is certain, or whoever runs the gateway said so: the target is not asked, even if no other is left.
    /// </summary>
    Bars,

    /// <summary>It may be out of date: the target is not asked as long as another is left.</summary>
    Yields,

    /// <summary>The target can answer, but not as well as the others: it is asked after all of them.</summary>
    Defers,
}
