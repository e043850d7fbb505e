using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Passthrough;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>Makes the request that a target gets, from the client's bytes or from the conversation in them.</summary>
internal sealed class CallComposer(DialectRegistry dialects)
{
    private static readonly KeyValuePair<string, string> UserAgent = new("User-Agent", "lightport/0.1");

    /// <summary>The body for this target and the relay that will bring its answer back.</summary>
    /// <exception cref="GatewayException">The request holds what the target cannot carry and may not lose.</exception>
    public ComposedCall Compose(Exchange exchange, Target target, CallPlan plan)
    {
        var losses = new LossLedger(Policy(exchange.Route!), plan.TargetName);

        // Set first: it is this attempt's list that the client is told, also where the attempt is refused.
        exchange.Dropped = losses.Dropped;
        return plan.PassesThrough
            ? PassThrough(exchange, target, plan, losses)
            : Translate(exchange, target, plan, losses);
    }

    /// <summary>
    /// The headers that a target gets: the provider's, the dialect's, and those of the client's it may see.
    /// </summary>
    /// <exception cref="GatewayException">One of the client's holds what no header may hold.</exception>
    public static List<KeyValuePair<string, string>> Headers(
        Exchange exchange, Target target, CallPlan plan, ComposedCall call)
    {
        var headers = new List<KeyValuePair<string, string>>(4) { UserAgent };
        headers.AddRange(plan.Headers);
        if (call.Passthrough is not null)
        {
            Forward(exchange, plan.ForwardHeaders, headers);
        }

        if (call.Passthrough is not null && exchange.Caller?.PresentedKey is not null)
        {
            Forward(exchange, target.Provider.Provider.AccountHeaders, headers);
        }

        foreach (KeyValuePair<string, string> header in call.Headers)
        {
            if (!Has(headers, header.Key))
            {
                headers.Add(header);
            }
        }

        return headers;
    }

    private static void Forward(
        Exchange exchange, IReadOnlyList<string> names, List<KeyValuePair<string, string>> headers)
    {
        foreach (string name in names)
        {
            string value = exchange.Context.Request.Headers[name].ToString();
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw GatewayException.BadRequest($"The header '{name}' may hold visible ASCII alone.", name);
            }

            if (value.Length > 0)
            {
                headers.Add(new(name, value));
            }
        }
    }

    private static bool Has(List<KeyValuePair<string, string>> headers, string name)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private ComposedCall PassThrough(Exchange exchange, Target target, CallPlan plan, LossLedger losses)
    {
        using BodyClaim claim = exchange.Budget.Claim(exchange.Envelope!.MemoryOfSettings());
        new ModelChoiceGuard(exchange.Caller!.Models, target.Provider.Name).Check(exchange.Envelope!);
        IPassthrough passthrough = dialects.Passthrough(plan.Dialect);
        bool includeUsage = passthrough.AsksForUsage(exchange.Envelope!);
        var options = new PassthroughOptions
        {
            Exact = plan.Exact,
            Stream = exchange.Stream,
            IncludeUsage = includeUsage,
            CanIncludeUsage = plan.Traits.StreamUsage,
            Losses = losses,
            ReasoningField = plan.Traits.ReasoningField,
            Response = Known(exchange, exchange.ResponseContext(includeUsage)),
        };
        var patch = new BodyPatch(exchange.Envelope!);
        passthrough.PatchRequest(exchange.Envelope!, options, patch);
        if (exchange.Model != target.Model)
        {
            patch.Set("model", plan.ModelJson);
        }

        Amend(plan, losses, patch);
        return new ComposedCall(patch.Apply(), passthrough.DefaultHeaders)
        {
            Passthrough = passthrough,
            PassthroughOptions = options,
        };
    }

    private ComposedCall Translate(Exchange exchange, Target target, CallPlan plan, LossLedger losses)
    {
        ChatRequest chat = exchange.Chat;
        var context = new EncodingContext
        {
            Model = target.Model,
            Traits = plan.Traits,
            Losses = losses,
            CancellationToken = exchange.Aborted,
        };
        var buffer = new PooledBuffer(exchange.Envelope!.Body.Length + 1024, exchange.Budget);
        try
        {
            dialects.Spoken(plan.Dialect).EncodeRequest(chat, context, buffer);
            var body = new BodySegments([buffer.Written]);
            if (plan.Rules.Rules.Count > 0 || plan.Overrides.Count > 0)
            {
                JsonEnvelope envelope = JsonEnvelope.Read(buffer.Written);
                var patch = new BodyPatch(envelope);
                Amend(plan, losses, patch);
                body = patch.Apply();
            }

            return new ComposedCall(body, context.Headers)
            {
                Buffer = buffer,
                Spoken = dialects.Spoken(plan.Dialect),
                Response = Known(
                    exchange,
                    exchange.ResponseContext(chat.IncludeUsage, chat.Options.Reasoning?.Display == "omitted")) with
                {
                    CustomTools = CustomTools(chat),
                    FunctionCall = chat.FunctionsOnly,
                    Restoration = context.Restoration,
                },
            };
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>A plain set: one that is frozen takes longer to make than one request will ever gain by it.</summary>
    private static HashSet<string> CustomTools(ChatRequest chat) =>
        [.. chat.Tools.Where(tool => tool.Kind == ToolKind.Custom).Select(tool => tool.Name)];

    /// <summary>Adds what only the request can tell its answer.</summary>
    private static ResponseContext Known(Exchange exchange, ResponseContext response)
    {
        // As what is dropped of a request: it is this attempt's answer that the client is told of.
        exchange.AnswerLosses = response.Losses;
        return response with { EstimatedPromptTokens = UsageEstimator.TokensOf(exchange.Envelope!.Body.Length) };
    }

    /// <summary>
    /// What the provider and the model do not take as the dialect has it, then what the target always gets.
    /// </summary>
    private static void Amend(CallPlan plan, LossLedger losses, BodyPatch patch)
    {
        if (plan.Rules.Rules.Count > 0)
        {
            ParameterRulesApplier.Apply(plan.Rules, patch, losses.Drop, losses.Reject);
        }

        foreach ((string field, byte[] value) in plan.Overrides)
        {
            patch.Set(field, value);
        }
    }

    private static UnsupportedPolicy? Policy(Route route) => route.DropUnsupported switch
    {
        true => UnsupportedPolicy.Drop,
        false => UnsupportedPolicy.Reject,
        null => null,
    };
}
