using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges.Preferences;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>Writes the call that a target gets, from the client's bytes or from the conversation in them.</summary>
internal static class CallWriter
{
    private static readonly KeyValuePair<string, string> UserAgent = new("User-Agent", "lightport/0.1");

    /// <summary>Takes what a target cannot carry, by the policy of the request's route.</summary>
    public static LossLedger Losses(Route route, CallPlan plan) => new(
        route.DropUnsupported switch
        {
            true => UnsupportedPolicy.Drop,
            false => UnsupportedPolicy.Reject,
            null => null,
        },
        plan.TargetName);

    /// <param name="asEvents">
    /// The conversation is written even where bytes could pass, for a stage has changed it or will change the answer.
    /// </param>
    /// <param name="outputLimit">The most tokens of the answer, where a limit sets them; null where none does.</param>
    /// <exception cref="GatewayException">The request holds what the target cannot carry and may not lose.</exception>
    public static Call Write(
        Exchange exchange, Target target, CallPlan plan, LossLedger losses, bool asEvents, long? outputLimit = null)
    {
        OutputSetting? output = outputLimit is { } most ? OutputSetting.Of(exchange, most) : null;
        bool keepsPreferences = exchange.Preferences?.AreKeptBy(target) == false;
        var context = new CallContext
        {
            Account = target.Provider.Maker,
            Model = plan.Model,
            ModelJson = plan.ModelJson,
            Traits = plan.Traits,
            Exact = plan.Exact,
            Stream = exchange.Stream,
            Losses = losses,
            Answer = exchange.Answer,
            Amendment = TargetAmendment.Of(
                plan, losses, keepsPreferences, plan.PassesThrough && !asEvents ? output : null),
            Budget = exchange.Budget,
            SizeHint = exchange.Request.Body.Length + 1024,
            CancellationToken = exchange.Aborted,
        };
        Tell(exchange, plan, losses);
        if (!plan.PassesThrough)
        {
            return Speak(exchange, plan, context, keepsPreferences, output);
        }

        // What only this dialect knows reaches the provider either way: its tools outlive the conversation as they are.
        using BodyClaim claim = Check(exchange, target, keepsPreferences);
        return asEvents
            ? Speak(exchange, plan, context, keepsPreferences, output)
            : plan.Asked.Passed!.Write(exchange.Request, context);
    }

    /// <summary>
    /// Tells of what was left out beforehand, and of earlier thinking that is lost with its state. Where bytes pass to
    /// a route's only target they are not gone through for it: nearly all that they hold is the target's own.
    /// </summary>
    private static void Tell(Exchange exchange, CallPlan plan, LossLedger losses)
    {
        if (exchange.Request.LeftOut is { } field)
        {
            losses.Note(field);
        }

        if (plan.PassesThrough && exchange.Route!.Targets.Count == 1)
        {
            return;
        }

        RequestStates states = exchange.States;
        for (int i = 0; i < states.Makers.Count; i++)
        {
            if (!plan.Reads(states.Makers[i]))
            {
                losses.Note(states.Field);
                return;
            }
        }
    }

    /// <summary>Where a call goes: to the endpoint, or to a place below it.</summary>
    public static Uri Address(Exchange exchange, CallPlan plan, Call call)
    {
        if (call.Place is not { } place)
        {
            return exchange.Stream ? plan.StreamAddress : plan.Address;
        }

        string[] parts = place.Split('?', 2);
        var address = new UriBuilder(plan.Address);
        address.Path += parts[0];
        if (parts.Length > 1)
        {
            address.Query = address.Query.Length > 1 ? $"{address.Query}&{parts[1]}" : parts[1];
        }

        return address.Uri;
    }

    /// <summary>
    /// The headers that a target gets: the provider's, the dialect's, and those of the client's it may see.
    /// </summary>
    /// <exception cref="GatewayException">One of the client's holds what no header may hold.</exception>
    public static List<KeyValuePair<string, string>> Headers(Exchange exchange, Target target, CallPlan plan, Call call)
    {
        var headers = new List<KeyValuePair<string, string>>(4) { UserAgent };
        headers.AddRange(plan.Headers);
        if (plan.PassesThrough)
        {
            Forward(exchange, plan.ForwardHeaders, headers);
        }

        if (plan.PassesThrough && exchange.Caller?.PresentedKey is not null)
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

    /// <summary>Holds the caller to its models.</summary>
    /// <returns>Answers for the memory of what is looked at and changed.</returns>
    private static BodyClaim Check(Exchange exchange, Target target, bool keepsPreferences)
    {
        long settings = exchange.Request.IsJson
            ? exchange.Request.Json.MemoryOfSettings(exchange.Served.ContentField)
            : 0;
        BodyClaim claim = exchange.Budget.Claim(settings);
        try
        {
            if (!exchange.Caller!.Models.AllowsEvery && !exchange.Request.Body.IsEmpty)
            {
                new ModelChoiceGuard(exchange.Caller.Models, target.Provider.Name, keepsPreferences)
                    .Check(exchange.Request);
            }
        }
        catch
        {
            claim.Dispose();
            throw;
        }

        return claim;
    }

    /// <exception cref="GatewayException">It cannot be told, or asks for what nobody has put in.</exception>
    private static Call Speak(
        Exchange exchange, CallPlan plan, CallContext context, bool keepsPreferences, OutputSetting? output)
    {
        ISpoken spoken = plan.Asked.Spoken ?? throw new GatewayException(new GatewayError(
            ErrorStage.Encode,
            ErrorKind.InvalidRequest,
            400,
            $"{plan.TargetName} is asked as it is, and this route asks for more. Ask for another model.")
        {
            Param = "model",
            Code = "unsupported_endpoint",
        });
        if (exchange.Conversation is ChatRequest { ToolChoice.Unmet: { } unmet })
        {
            throw new GatewayException(unmet);
        }

        ModelRequest asked = keepsPreferences ? WithoutPreferences(exchange.Conversation) : exchange.Conversation;
        return spoken.Write(output?.Apply(asked, plan.Traits.MaxOutputTokens) ?? asked, context);
    }

    /// <summary>What has been kept to is no loss, though the target has no word for it.</summary>
    private static ModelRequest WithoutPreferences(ModelRequest request) => request is ChatRequest chat
        ? chat with { Extensions = [.. chat.Extensions.Where(field => !RoutingFields.Contains(field.Name))] }
        : request;

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

}
