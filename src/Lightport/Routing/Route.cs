using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>What is to be done with a request for one model name.</summary>
/// <param name="Name">The name under <c>models</c>, or <c>provider/model</c> where it was reached directly.</param>
/// <param name="Targets">In the order they are to be tried; never empty.</param>
public sealed record Route(string Name, IReadOnlyList<Target> Targets)
{
    /// <summary>How many tools of servers a request gets where nobody says.</summary>
    public const int UsualMostTools = 64;

    private readonly int? _own;

    /// <summary>
    /// How many of the targets, from the first, are the route's own, which its selection puts in order. The others are
    /// its fallbacks, asked after them and as they are written.
    /// </summary>
    public int Own
    {
        get => _own ?? Targets.Count;
        init => _own = value;
    }

    /// <summary>The client named its provider and model, and no entry under <c>models</c>.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Which of its own targets is tried first, and which after it.</summary>
    public ISelectionPolicy Selection { get; init; } = OrderedSelection.Instance;

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>What its retries came to of late: the same of all that is made of this route for one request.</summary>
    internal RetryCounts Retries { get; } = new();

    /// <summary>Where it goes after failures of one kind; null where nothing is said of any.</summary>
    public FallbackLists? FallbackOn { get; init; }

    /// <summary>When a second target is asked beside a first that is slow; null where never.</summary>
    public HedgePolicy? Hedge { get; init; }

    /// <summary>Where copies of its requests go; null where nowhere.</summary>
    public ShadowPolicy? Shadow { get; init; }

    /// <summary>When a target that fails is left alone; null where it never is.</summary>
    public BreakerPolicy? Breaker { get; init; } = BreakerPolicy.Default;

    public StageTimeouts Timeouts { get; init; } = StageTimeouts.Default;

    /// <summary>
    /// Whoever cannot read the state of earlier thinking that a request brings is not asked, though all who can are
    /// away. Where false it is asked after them, without that state, and the client is told.
    /// </summary>
    public bool RefusesUnreadableState { get; init; }

    /// <summary>The sources of context that its requests get, by name and in this order.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>Labels of the MCP servers whose tools every request gets, and the gateway runs.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>
    /// Whether its clients may name MCP servers that are none of the gateway's, for the provider to call; null is what
    /// holds for all routes.
    /// </summary>
    public bool? NativeMcp { get; init; }

    /// <summary>How many tools of servers a request gets; of more, those that answer best what the user began with.
    /// </summary>
    public int MostTools { get; init; } = UsualMostTools;

    /// <summary>Of more tools than that, the model may look for the others.</summary>
    public bool SearchesTools { get; init; }

    /// <summary>How far the model may go on calling them, inside one answer.</summary>
    public RoundPolicy Rounds { get; init; } = RoundPolicy.Default;

    /// <summary>
    /// True to drop, false to reject whatever a target cannot carry; null is each field's own default.
    /// </summary>
    public bool? DropUnsupported { get; init; }
}
